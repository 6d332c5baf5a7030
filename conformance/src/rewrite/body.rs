//! Other bodies: what an operator does at a place of a body of JSON.

use serde_json::{Map, Value, json};

use super::operator::Operator;
use super::place::{Place, Step};
use super::value::{edited, other};

/// Begins the name of a member that is to be written under a name that is there already.
const AGAIN: &str = "\u{0}";

/// The member that an object has more.
const ADDED: &str = "undocumented";

/// The body with a place rewritten; `known` are values that other answers had there.
/// Nothing where nothing changes.
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
            // A list or an object has no other value, and is not there the second time.
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

/// Values change places among the elements of a list; one alone becomes what another
/// answer had.
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

/// An element of another answer stands in the list as well.
fn strange(value: &mut Value, known: &[Value]) {
    let Some(items) = value.as_array_mut() else {
        return;
    };
    let lists = known.iter().rev().filter_map(Value::as_array).flatten();
    let stranger = lists.into_iter().find(|one| !items.contains(one)).cloned();
    items.extend(stranger);
}
