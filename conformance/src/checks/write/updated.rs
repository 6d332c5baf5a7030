//! Values that an update changes or keeps.

use fieldproof_spec::model::{Field, Mode, Resource, Type, Validators};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::{deciding_first, kind};
use crate::model::accept;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{
    changed_to, cleared, dependants, differs, has_order, other_value, telling_value,
};

pub(crate) static CHECK: Check = Check {
    name: "updated",
    about: "An update that sends the member alone changes it, and by the reference model nothing else: members that \
            are not sent keep their value. `null` clears it where that is documented.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.update.is_some() && field.on_update()
        })
    },
    mutants: |api, subject| {
        // A change of a hidden member only shows in the entity tag.
        let tags = api.dialect.validators.is(Validators::Strong);
        let seen = subject.field(api).is_shown() || tags;
        subject.mutations_where(&[
            (seen, Operator::UpdateForgets),
            (has_order(api, subject.field(api)), Operator::UpdateTurns),
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let made = harness.make_with(resource, &full(harness, resource, field)?)?;
    let (mut before, mut etag) = (made.shown.clone(), made.etag.clone());
    before.extend(sent_last(harness, field, &made.sent));
    // Reads the list first, so that an outdated copy of it would be noticed.
    let above = &made.ids[..made.ids.len() - 1];
    let own = std::slice::from_ref(&made);
    if resource.list.is_some() {
        harness.listed(resource, above, own)?;
    }
    for case in 0..harness.cases().min(4) {
        // The sibling that decides the type is sent along, or the value fits the current
        // one.
        let value = match (case, field.nullable) {
            (3, true) => Value::Null,
            // Members missing in a replaced object get their defaults.
            (2, true) => sparse(
                harness,
                field,
                other_value(harness, resource, field, &before),
            ),
            // Of several elements each is kept, in their order.
            (1, _) => telling_value(harness, resource, field, &before),
            _ => other_value(harness, resource, field, &before),
        };
        let mut body = Map::new();
        body.extend(dependants(harness, resource, field, &value));
        body.extend(cleared(resource, field, &value));
        body.insert(field.name.clone(), value.clone());
        let change = harness.change(resource, &made.path, &Value::Object(body.clone()))?;
        let exchange = harness.expect(200, &change)?;
        // A change of a hidden member only shows in the ETag.
        let tag = exchange.header("etag").unwrap_or_default().to_owned();
        let same = !differs(harness, field, &value, &before);
        let moved =
            field.is_shown() || value.is_null() || same || tag != etag || !harness.has_tags();
        harness.ensure(moved, || {
            format!("the ETag moves when `{}` changes", field.name)
        })?;
        etag = tag;
        let Value::Object(after) = exchange.json() else {
            return harness.fail("an update answers with the object");
        };
        changed_to(harness, resource, &body, (&before, &after))?;
        if resource.get.is_some() {
            let read = harness.get(resource, &made.path)?;
            harness.ensure(read == after, || {
                "a read shows what the update answered".to_owned()
            })?;
        }
        before = after;
        before.extend(sent_last(harness, field, &body));
    }
    if resource.list.is_some() && resource.get.is_some() {
        let read = harness.get(resource, &made.path)?;
        let items = harness.listed(resource, above, own)?;
        let same = items.iter().all(|(_, item)| *item == read);
        harness.ensure(same, || "the list shows what the update made".to_owned())?;
    }
    Ok(())
}

/// An object without its optional members.
fn sparse(harness: &Harness<'_>, field: &Field, value: Value) -> Value {
    let Type::Object(name) = &field.ty else {
        return value;
    };
    let members = harness.api.object(name).map_or(&[][..], |one| &one.fields);
    let tied = |one: &Field| {
        let named = |other: &Field| {
            let mut all = other.only_if.iter().chain(&other.required_if);
            all.any(|(sibling, _)| *sibling == one.name)
                || kind(&other.ty).decided_by() == Some(one.name.as_str())
        };
        members.iter().any(named) || !one.only_if.is_empty() || !one.required_if.is_empty()
    };
    match value {
        Value::Object(mut map) if !field.list => {
            for one in members.iter().filter(|one| !one.required && !tied(one)) {
                if one.mode != Mode::ReadOnly && one.fallback.is_empty() {
                    map.shift_remove(&one.name);
                }
            }
            Value::Object(map)
        }
        other => other,
    }
}

/// Values for every member, which a faulty update would lose.
fn full(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
) -> Result<Map<String, Value>, CheckError> {
    let mut full = Map::new();
    let written = resource
        .fields
        .iter()
        .filter(|one| one.on_create() && !matches!(one.ty, Type::Child(_)) && !fixed(one, field));
    for one in deciding_first(written) {
        let value = harness.value(resource, one, &full);
        full.insert(one.name.clone(), value);
    }
    let mut fields = resource.fields.iter();
    if let Some(one) = fields.find(|one| one.required && fixed(one, field)) {
        let why = format!(
            "`{}` cannot change with `{}`, which decides its type",
            one.name, field.name
        );
        return Err(CheckError::Skip(why));
    }
    let own = full.get_key_value(&field.name);
    let own = own.map(|(name, value)| (name.clone(), value.clone()));
    harness.one_of_each(resource, &mut full, &own.into_iter().collect());
    Ok(full)
}

/// The member as last sent, if it is not shown.
fn sent_last(
    harness: &Harness<'_>,
    field: &Field,
    body: &Map<String, Value>,
) -> Option<(String, Value)> {
    let sent = body.get(&field.name).filter(|_| !field.is_shown())?;
    let value = accept(harness.api, field, sent, body, "", &mut Vec::new())?;
    Some((field.name.clone(), value))
}

/// Whether a member cannot change together with the one that decides its type.
fn fixed(one: &Field, field: &Field) -> bool {
    kind(&one.ty).decided_by() == Some(field.name.as_str()) && !one.on_update()
}
