//! Other forms of values that each method of a change takes as well.

use fieldproof_spec::model::{Field, Resource};
use serde_json::{Map, Value};

use super::{agrees, changed_to, cleared, other_value};
use crate::harness::{CheckError, Harness};
use crate::model::accept;

/// Sends each value by each method of the change: it is taken, and the member is shown as if
/// the second one of the pair was sent.
pub(crate) fn taken_by_changes(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    above: &[String],
    pairs: &[(Value, Value)],
) -> Result<(), CheckError> {
    let update = resource
        .update
        .iter()
        .filter(|_| is_changed(resource, field));
    for verb in update.flat_map(|update| &update.verbs) {
        let made = harness.make_below(resource, above, harness.full_body(resource, &Map::new()))?;
        let mut shown = made.shown.clone();
        for (value, same) in pairs {
            let is_there = |object: &Map<String, Value>, value: &Value| {
                let found = object.get(&field.name).unwrap_or(&Value::Null);
                agrees(harness.api, field, value, found)
            };
            let expected = accept(harness.api, field, same, &shown, "", &mut Vec::new());
            let Some(expected) = expected else { continue };
            let change = |value: &Value| -> Result<Map<String, Value>, CheckError> {
                let mut body = cleared(resource, field, value);
                body.insert(field.name.clone(), value.clone());
                let body = Value::Object(body);
                let request = harness.change_by(resource, &made.path, *verb, &body);
                let answer = harness.expect(200, &request)?.json();
                Ok(answer.as_object().cloned().unwrap_or_default())
            };
            if is_there(&shown, &expected) {
                // What is there already cannot be seen to be taken.
                shown = change(&other_value(harness, resource, field, &shown))?;
            }
            let before = std::mem::replace(&mut shown, change(value)?);
            harness.ensure(is_there(&shown, &expected) || !field.is_shown(), || {
                let found = shown.get(&field.name).unwrap_or(&Value::Null);
                let name = verb.as_str();
                format!("a {name} of {value} means {same}, got {found}")
            })?;
            // Everything else is as it was.
            let mut others = shown.clone();
            let kept = before.get(&field.name).cloned();
            others.extend(kept.map(|value| (field.name.clone(), value)));
            let cleared = cleared(resource, field, value);
            changed_to(harness, resource, &cleared, (&before, &others))?;
        }
    }
    Ok(())
}

/// Whether a change may send the member in another form: of a value that only one object may
/// have there is no second form to send.
pub(crate) fn is_changed(resource: &Resource, field: &Field) -> bool {
    resource.update.is_some() && field.on_update() && field.unique.is_none()
}
