//! What answers a change.

use fieldproof_spec::model::{Field, Resource, Verb};
use serde_json::{Map, Value};

use super::shown::{agrees, object, whole};
use crate::harness::{CheckError, Harness};
use crate::kind::{deciding_first, kind};
use crate::support::{changed_to, cleared, dependants, telling_value};

/// By each method, of each member alone and of all of them at once.
pub(super) fn updates(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    let Some(update) = &resource.update else {
        return Ok(());
    };
    let made = whole(harness, resource, &Map::new())?;
    let mut fields: Vec<&Field> = resource
        .fields
        .iter()
        .filter(|one| one.on_update())
        .collect();
    // What decides the type of a member that cannot change cannot change either.
    let decides = |field: &Field| {
        let mut fixed = resource.fields.iter().filter(|one| !one.on_update());
        fixed.any(|one| kind(&one.ty).decided_by() == Some(field.name.as_str()))
    };
    fields.retain(|field| !decides(field));
    for verb in &update.verbs {
        // Of members that exclude each other each is there when others are sent.
        fields.reverse();
        for field in &fields {
            let shown = harness.get(resource, &made.path)?;
            let value = telling_value(harness, resource, field, &shown);
            let mut body = dependants(harness, resource, field, &value);
            body.extend(cleared(resource, field, &value));
            body.insert(field.name.clone(), value);
            change(harness, resource, &made.path, *verb, (&shown, &body))?;
        }
        let shown = harness.get(resource, &made.path)?;
        let body = at_once(harness, resource, &fields, &shown);
        change(harness, resource, &made.path, *verb, (&shown, &body))?;
    }
    Ok(())
}

/// Sends a change of an object that was shown before: it is kept, and nothing else changes.
fn change(
    harness: &Harness<'_>,
    resource: &Resource,
    path: &str,
    verb: Verb,
    (shown, body): (&Map<String, Value>, &Map<String, Value>),
) -> Result<(), CheckError> {
    let sent = Value::Object(body.clone());
    let request = harness.change_by(resource, path, verb, &sent);
    let answer = harness.expect(200, &request)?;
    changed_to(harness, resource, body, (shown, &object(&answer)))?;
    agrees(harness, path, &answer)
}

/// A change of every member that goes together with the others.
fn at_once(
    harness: &Harness<'_>,
    resource: &Resource,
    fields: &[&Field],
    shown: &Map<String, Value>,
) -> Map<String, Value> {
    let (mut owner, mut body) = (shown.clone(), Map::new());
    for field in deciding_first(fields.iter().copied()) {
        let value = telling_value(harness, resource, field, &owner);
        owner.insert(field.name.clone(), value.clone());
        body.insert(field.name.clone(), value);
    }
    harness.one_of_each(resource, &mut body, &Map::new());
    for field in fields {
        if let Some(value) = body.get(&field.name) {
            let others = cleared(resource, field, value).into_iter();
            let others: Vec<_> = others
                .filter(|(name, _)| !body.contains_key(name))
                .collect();
            body.extend(others);
        }
    }
    body
}
