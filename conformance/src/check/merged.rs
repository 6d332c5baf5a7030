//! Nested objects that an update changes member by member.

use fieldproof_spec::model::{Field, Resource, Type, Update};
use serde_json::{Map, Value, json};

use super::duty::fields;
use super::{Check, Duty};
use crate::lab::{Lab, Stop};
use crate::model::{merges, resets, shown as masked, stand_ins, takes_null};
use crate::strategy::of_type;

pub(super) static CHECK: Check = Check {
    name: "merged",
    about: "An update that sends one member of the nested object changes it and keeps the others; `null` clears it where \
            that is a value, and where another member stands in for it that one is shown; one that is never `null` gets its \
            default by it, and is refused where it has none.",
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && resource.update.as_ref().is_some_and(Update::merges)
                && field.on_update()
                && merges(field)
        })
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let Type::Object(name) = &field.ty else {
        return Ok(());
    };
    let Some(object) = lab.api.object(name) else {
        return Ok(());
    };
    let whole = lab.draw(&of_type(lab.api, &field.ty, &Map::new()));
    let with = [(field.name.clone(), whole)].into_iter().collect();
    let made = lab.make_with(resource, &with)?;
    let mut before = made.shown[&field.name].clone();
    for member in &object.fields {
        let other = lab.value(resource, member, &Map::new());
        let mut values = vec![other];
        let place = format!("/{}/{}", field.name, member.name);
        if takes_null(member) || resets(member) {
            values.push(Value::Null);
        } else {
            let body = json!({ &field.name: { &member.name: null } });
            let refused = lab.change(resource, &made.path, &body)?;
            lab.expect_violation(&refused, &place, &["null", "type"])?;
        }
        for value in values {
            let body = json!({ &field.name: { &member.name: value } });
            let after = lab
                .expect(200, &lab.change(resource, &made.path, &body)?)?
                .json();
            let mut expected = before.clone();
            expected[&member.name] = settled(lab, resource, field, member, &value, &after);
            lab.ensure(after[&field.name] == expected, || {
                format!(
                    "after {body} `{}` is {expected}, got {}",
                    field.name, after[&field.name]
                )
            })?;
            before = expected;
        }
    }
    Ok(())
}

/// What a member is after it was sent.
fn settled(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    member: &Field,
    value: &Value,
    shown: &Value,
) -> Value {
    if value.is_null() && resets(member) {
        return masked(lab.api, &member.ty, &member.initial());
    }
    if value.is_null() {
        let from = stand_ins(lab.api, resource)
            .into_iter()
            .find(|(object, own, _)| *object == field.name && *own == member.name);
        return from.map_or(Value::Null, |(_, _, from)| shown[&from].clone());
    }
    let read = crate::model::accept(lab.api, member, value, &Map::new(), "", &mut Vec::new());
    read.unwrap_or_default()
}
