//! Members that siblings require or forbid.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Field, Object, Resource, Update};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness};
use crate::kind::kind;
use crate::model::{below, merges};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;
use crate::subject::member::{members, mutations, resolve};

pub(crate) static CHECK: Check = Check {
    name: "conditional",
    about: "A member that is only for one value of a sibling is taken with it and refused with another, at its place; \
            one that is needed with a value may be left out with others, and not with it. A change of the sibling alone is \
            judged by the object that it makes.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        members(api, |field| {
            !field.only_if.is_empty() || !field.required_if.is_empty()
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    match judges_changes(api, subject) {
        true => mutations(
            api,
            subject,
            &[Operator::ConditionMissing, Operator::ConditionLate],
        ),
        false => mutations(api, subject, &[Operator::ConditionMissing]),
    }
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let Some((resource, field, object, member)) = resolve(harness.api, subject) else {
        return Ok(());
    };
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let at = if field.list { "/0" } else { "" };
    let place = below(&format!("{}{at}", below("", &field.name)), &member.name);
    let value = harness.value(resource, member, &Map::new());
    let conditions = member.only_if.iter().chain(&member.required_if);
    let siblings: BTreeSet<&String> = conditions.map(|(sibling, _)| sibling).collect();
    for sibling in siblings {
        let others = object.fields.iter().find(|one| one.name == *sibling);
        let others = others.and_then(|one| kind(&one.ty).closed());
        for other in &others.unwrap_or_default() {
            let of_sibling = |(name, _): &&(String, String)| name == sibling;
            let mut only = member.only_if.iter().filter(of_sibling);
            let mut needed = member.required_if.iter().filter(of_sibling);
            let forbidden = only.any(|(_, text)| text != other);
            let needed = needed.any(|(_, text)| text == other);
            for there in [true, false] {
                let drawn = object_of(harness, field);
                let mut whole = settled(harness, resource, drawn, &object.fields, (sibling, other));
                match there {
                    true => whole.insert(member.name.clone(), value.clone()),
                    // A member that must be sent is left out by sending `null`.
                    false if member.required => whole.insert(member.name.clone(), Value::Null),
                    false => whole.shift_remove(&member.name),
                };
                let whole = Value::Object(whole);
                let value = if field.list { json!([whole]) } else { whole };
                let with = [(field.name.clone(), value)].into_iter().collect();
                let body = harness.small_body(resource, &with);
                let request = || {
                    let body = Value::Object(body.clone());
                    harness.create(resource, &collection).json(&body)
                };
                match there {
                    true if forbidden => {
                        harness.expect_violation(&request(), &place, &["unexpected"])?;
                    }
                    false if needed => {
                        harness.expect_violation(&request(), &place, &["required"])?;
                    }
                    _ => {
                        let made = harness.make_below(resource, &above, body)?;
                        changed(harness, (resource, field, object, member), sibling, &made)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// A resource, its field, the object in it, and a member of the object.
type NestedMember<'a> = (&'a Resource, &'a Field, &'a Object, &'a Field);

/// Whether changes of a sibling of the member are judged.
fn judges_changes(api: &Api, subject: &Subject) -> bool {
    resolve(api, subject).is_some_and(|nested| {
        let member = nested.3;
        let mut conditions = member.only_if.iter().chain(&member.required_if);
        conditions.any(|(sibling, _)| is_merged(nested, sibling))
    })
}

/// Whether the sibling can change alone, and no other member depends on it.
fn is_merged((resource, field, object, member): NestedMember<'_>, sibling: &str) -> bool {
    let of_sibling = |(name, _): &(String, String)| name == sibling;
    let depends = |one: &Field| {
        let mut all = one.only_if.iter().chain(&one.required_if);
        all.any(of_sibling)
    };
    let mut others = object.fields.iter().filter(|one| one.name != member.name);
    let updates = resource.update.as_ref().is_some_and(Update::merges);
    updates && field.on_update() && merges(field) && !others.any(depends)
}

/// Judges that a change of the sibling alone is checked against the resulting object.
fn changed(
    harness: &Harness<'_>,
    nested: NestedMember<'_>,
    sibling: &String,
    made: &Fixture,
) -> Result<(), CheckError> {
    if !is_merged(nested, sibling) {
        return Ok(());
    }
    let (resource, field, object, member) = nested;
    let of_sibling = |(name, _): &&(String, String)| name == sibling;
    let closed = object.fields.iter().find(|one| one.name == *sibling);
    let texts = closed.and_then(|one| kind(&one.ty).closed());
    let sent = made
        .sent
        .get(&field.name)
        .and_then(|one| one.get(&member.name));
    let there = sent.is_some_and(|value| !value.is_null());
    let place = below(&below("", &field.name), &member.name);
    for text in &texts.unwrap_or_default() {
        let mut only = member.only_if.iter().filter(of_sibling);
        let mut needed = member.required_if.iter().filter(of_sibling);
        let forbidden = only.any(|(_, legal)| legal != text);
        let needed = needed.any(|(_, asking)| asking == text);
        let body = json!({ &field.name: { sibling: text } });
        let request = harness.change(resource, &made.path, &body)?;
        match there {
            true if forbidden => harness.expect_violation(&request, &place, &["unexpected"])?,
            false if needed => harness.expect_violation(&request, &place, &["required"])?,
            _ => harness.expect(200, &request)?,
        };
    }
    Ok(())
}

fn object_of(harness: &Harness<'_>, field: &Field) -> Map<String, Value> {
    let drawn = harness.fresh(&field.ty, &Map::new());
    drawn.as_object().cloned().unwrap_or_default()
}

/// The object with a given value of one member, and other members adapted to it.
fn settled(
    harness: &Harness<'_>,
    resource: &Resource,
    mut whole: Map<String, Value>,
    fields: &[Field],
    (sibling, text): (&str, &str),
) -> Map<String, Value> {
    whole.insert(sibling.to_owned(), text.into());
    for field in fields {
        let other = |(name, value): &(String, String)| name == sibling && value != text;
        let same = |(name, value): &(String, String)| name == sibling && value == text;
        if field.only_if.iter().any(other) {
            whole.shift_remove(&field.name);
        }
        let there = whole.get(&field.name).is_some_and(|value| !value.is_null());
        if field.required_if.iter().any(same) && !there {
            let value = harness.value(resource, field, &whole);
            whole.insert(field.name.clone(), value);
        }
    }
    whole
}
