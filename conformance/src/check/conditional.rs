//! Members that siblings ask for or forbid.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Field, Resource, Type};
use serde_json::{Map, Value, json};

use super::member::{members, subject};
use super::{Check, Duty};
use crate::lab::{Lab, Stop};
use crate::model::below;

pub(super) static CHECK: Check = Check {
    name: "conditional",
    about: "A member that is only for one value of a sibling is taken with it and refused with another, at its place; \
            one that is needed with a value may be left out with others, and not with it.",
    oblige: |api| {
        members(api, |field| {
            !field.only_if.is_empty() || !field.required_if.is_empty()
        })
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let Some((resource, field, object, member)) = subject(lab.api, duty) else {
        return Ok(());
    };
    let above = lab.make_above(resource)?;
    let collection = crate::lab::collection(resource, &above);
    let at = if field.list { "/0" } else { "" };
    let place = below(&format!("{}{at}", below("", &field.name)), &member.name);
    let value = lab.value(resource, member, &Map::new());
    let conditions = member.only_if.iter().chain(&member.required_if);
    let siblings: BTreeSet<&String> = conditions.map(|(sibling, _)| sibling).collect();
    for sibling in siblings {
        let others = object.fields.iter().find(|one| one.name == *sibling);
        let others = match others.map(|one| &one.ty) {
            Some(Type::Values(values)) => values.as_slice(),
            _ => &[],
        };
        for other in others {
            let of_sibling = |(name, _): &&(String, String)| name == sibling;
            let mut only = member.only_if.iter().filter(of_sibling);
            let mut needed = member.required_if.iter().filter(of_sibling);
            let forbidden = only.any(|(_, text)| text != other);
            let needed = needed.any(|(_, text)| text == other);
            for there in [true, false] {
                let drawn = object_of(lab, field);
                let mut whole = settled(lab, resource, drawn, &object.fields, (sibling, other));
                match there {
                    true => whole.insert(member.name.clone(), value.clone()),
                    false => whole.shift_remove(&member.name),
                };
                let whole = Value::Object(whole);
                let value = if field.list { json!([whole]) } else { whole };
                let with = [(field.name.clone(), value)].into_iter().collect();
                let body = Value::Object(lab.small_body(resource, &with));
                let ask = lab.create(resource, &collection).json(&body);
                let status = resource.create.as_ref().map_or(201, |create| create.status);
                match there {
                    true if forbidden => lab.expect_violation(&ask, &place, &["unexpected"])?,
                    false if needed => lab.expect_violation(&ask, &place, &["required"])?,
                    _ => lab.expect(status, &ask)?,
                };
            }
        }
    }
    Ok(())
}

fn object_of(lab: &Lab<'_>, field: &Field) -> Map<String, Value> {
    let drawn = lab.fresh(&field.ty, &Map::new());
    drawn.as_object().cloned().unwrap_or_default()
}

/// The object with a value of one member, and of the others what goes with it.
fn settled(
    lab: &Lab<'_>,
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
            let value = lab.value(resource, field, &whole);
            whole.insert(field.name.clone(), value);
        }
    }
    whole
}
