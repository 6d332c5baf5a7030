//! Rewrites JSON bodies at a place.

use serde_json::{Map, Value, json};

use super::operator::Operator;
use super::place::{Place, Step};
use super::value::{edited, other};

/// Prefix of the name of a member that is written a second time under an existing name.
const AGAIN: &str = "\u{0}";

/// The name of a member that is added to an object.
const ADDED: &str = "undocumented";

/// The body rewritten at a place; `None` if nothing changes. `known` are values that other
/// answers had there.
pub(super) fn rewritten(
    operator: Operator,
    place: &Place,
    body: &[u8],
    known: &[Value],
) -> Option<Vec<u8>> {
    let before: Value = serde_json::from_slice(body).ok()?;
    let mut after = before.clone();
    match operator {
        Operator::Drop | Operator::Rename | Operator::Twice | Operator::Sibling => {
            place.visit_objects(&mut after, &mut |object, name| {
                of_member(operator, object, name)
            });
        }
        Operator::Neighbour => neighbours(place, &mut after, known),
        Operator::Add => place.visit(&mut after, &mut |value| {
            if let Some(object) = value.as_object_mut() {
                object.insert(ADDED.to_owned(), json!(1));
            }
        }),
        Operator::Order => place.visit(&mut after, &mut |value| {
            if let Some(object) = value.as_object_mut() {
                *object = std::mem::take(object).into_iter().rev().collect();
            }
        }),
        Operator::Stranger => place.visit(&mut after, &mut |value| strange(value, known)),
        operator => place.visit(&mut after, &mut |value| {
            if let Some(edited) = edited(operator, value) {
                *value = edited;
            }
        }),
    }
    let (before, after) = (before.to_string(), after.to_string());
    let after = after.replace("\"\\u0000", "\"");
    (before != after).then(|| after.into_bytes())
}

fn of_member(operator: Operator, object: &mut Map<String, Value>, name: &str) {
    match operator {
        Operator::Drop => {
            object.shift_remove(name);
        }
        Operator::Rename => {
            let all = std::mem::take(object).into_iter();
            let renamed = |own: String| match own == name {
                true => format!("{own}_"),
                false => own,
            };
            *object = all.map(|(own, value)| (renamed(own), value)).collect();
        }
        Operator::Twice => {
            // Lists and objects have no other value; they are `null` the second time.
            let own = object.get(name).cloned().unwrap_or_default();
            let again = Some(other(&own)).filter(|other| *other != own);
            let again = again.unwrap_or_default();
            object.insert(format!("{AGAIN}{name}"), again);
        }
        _ => {
            let own = object.get(name).cloned().unwrap_or_default();
            let like = |value: &&Value| {
                **value != own && std::mem::discriminant(*value) == std::mem::discriminant(&own)
            };
            if let Some(sibling) = object.values().find(like).cloned() {
                object.insert(name.to_owned(), sibling);
            }
        }
    }
}

/// Rotates the values among the items of a list; a single value is replaced by one from
/// another answer.
fn neighbours(place: &Place, body: &mut Value, known: &[Value]) {
    let values = place.values(body);
    let several = values.len() > 1 && place.0.contains(&Step::Every);
    let next = |at: usize| match several {
        true => values.get((at + 1) % values.len()),
        false => known.iter().rev().find(|one| Some(*one) != values.get(at)),
    };
    let mut at = 0;
    place.visit(body, &mut |value| {
        if let Some(next) = next(at) {
            *value = next.clone();
        }
        at += 1;
    });
}

/// Adds an item of another answer to a list.
fn strange(value: &mut Value, known: &[Value]) {
    let Some(items) = value.as_array_mut() else {
        return;
    };
    let lists = known.iter().rev().filter_map(Value::as_array).flatten();
    let stranger = lists.into_iter().find(|one| !items.contains(one)).cloned();
    items.extend(stranger);
}
