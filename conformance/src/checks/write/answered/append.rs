//! What answers an addition to lists.

use fieldproof_spec::model::{Field, Operation, Resource};
use serde_json::{Map, Value, json};

use super::shown::{agrees, methods, object, whole};
use crate::harness::{CheckError, Harness, Request};
use crate::kind::kind;
use crate::model::accept;
use crate::support::{added, agrees as shown_as, changed_to, several};

/// By each method, of one element and of several.
pub(super) fn appends(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    let names = resource.append.iter().flat_map(|one| &one.fields);
    for field in names.filter_map(|name| resource.field(name)) {
        for verb in methods(resource, Operation::Append) {
            // What is added has to find room.
            let empty = [(field.name.clone(), json!([]))];
            let with = empty
                .into_iter()
                .filter(|_| field.max_items.is_some() && field.on_create());
            let made = whole(harness, resource, &with.collect())?;
            let mut before = harness.get(resource, &made.path)?;
            for sent in lists(harness, field) {
                let body = json!({ &field.name: sent });
                let request = Request::new(verb.as_str(), &made.path).json(&body);
                let answer = harness.expect(200, &request)?;
                let after = object(&answer);
                added_to(harness, resource, field, &sent, (&before, &after))?;
                agrees(harness, &made.path, &answer)?;
                before = after;
            }
        }
    }
    Ok(())
}

/// What is added to a list: one element after the other, and several at once where there
/// is room for them.
fn lists(harness: &Harness<'_>, field: &Field) -> Vec<Value> {
    let single = added(harness, field).into_iter().map(|one| json!([one]));
    let is_open = kind(&field.ty).closed().is_none() && field.max_items.is_none_or(|most| most > 4);
    let several = several(harness, field).filter(|_| is_open);
    single.chain(several).collect()
}

/// What was sent stands behind what was there, and everything else is as it was.
fn added_to(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    sent: &Value,
    (before, after): (&Map<String, Value>, &Map<String, Value>),
) -> Result<(), CheckError> {
    let list = |object: &Map<String, Value>| {
        let list = object.get(&field.name).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let (kept, mut whole) = (list(before), list(after));
    let new = whole.split_off(kept.len().min(whole.len()));
    let sent = accept(harness.api, field, sent, after, "", &mut Vec::new());
    let sent = sent.unwrap_or_default();
    // A value of a closed list is there already, or stands where the list has it.
    let closed = kind(&field.ty).closed().is_some();
    let same = shown_as(harness.api, field, &sent, &Value::Array(new.clone()));
    harness.ensure(closed || whole == kept && same, || {
        format!("{sent} stands behind {kept:?}, got {new:?}")
    })?;
    let mut others = after.clone();
    others.insert(field.name.clone(), Value::Array(kept));
    changed_to(harness, resource, &Map::new(), (before, &others))
}
