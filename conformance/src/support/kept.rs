//! What is there after a write: what was sent, and everything else as it was.

use fieldproof_spec::model::{Field, Resource, Type};
use serde_json::{Map, Value};

use super::{agrees, stands_in};
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{accept, sent as meant};

/// Judges an object that was made: what was sent has its value, and of what was not sent
/// each has the one that a new object has.
pub(crate) fn made_of(
    harness: &Harness<'_>,
    resource: &Resource,
    body: &Map<String, Value>,
    shown: &Map<String, Value>,
) -> Result<(), CheckError> {
    let judged = |one: &&Field| one.on_create() && one.is_shown() && one.derive.is_none();
    for one in resource.fields.iter().filter(judged) {
        let expected = match body.get(&one.name) {
            Some(sent) => taken(harness, one, sent, body),
            // What is not sent and has no default nothing need say; what another member
            // or the server stands in for is a matter of its own.
            None if !harness.is_house() || !one.fallback.is_empty() => continue,
            None if stands_in(harness.api, one) || kind(&one.ty).is_made() => continue,
            None => Some(one.initial()),
        };
        has(harness, "of a new object", one, expected.as_ref(), shown)?;
    }
    Ok(())
}

/// Judges a new object by what was sent alone; of objects inside it, members that were not
/// sent stand in in many ways, which are a matter of other checks.
pub(crate) fn shows_sent(
    harness: &Harness<'_>,
    resource: &Resource,
    body: &Map<String, Value>,
    shown: &Map<String, Value>,
) -> Result<(), CheckError> {
    let judged = |one: &&Field| {
        let inside = matches!(
            one.ty,
            Type::Object(_) | Type::Choice { .. } | Type::Child(_) | Type::Shared(_)
        );
        !inside && one.derive.is_none() && one.on_create() && one.is_shown()
    };
    for one in resource.fields.iter().filter(judged) {
        let expected = body
            .get(&one.name)
            .and_then(|sent| taken(harness, one, sent, body));
        if let Some(expected) = expected {
            has(harness, "of a new object", one, Some(&expected), shown)?;
        }
    }
    Ok(())
}

/// Judges an object that was changed: what was sent has its new value, and everything else
/// the one it had.
pub(crate) fn changed_to(
    harness: &Harness<'_>,
    resource: &Resource,
    body: &Map<String, Value>,
    (before, after): (&Map<String, Value>, &Map<String, Value>),
) -> Result<(), CheckError> {
    let mut owner = before.clone();
    owner.extend(body.clone());
    let is_moved = |name: &str| {
        let times = resource.times.as_ref();
        !body.contains_key(name) && times.is_some_and(|times| times.updated == name)
    };
    let names: Vec<&str> = body.keys().map(String::as_str).collect();
    let when = format!("after a change of `{}`", names.join("`, `"));
    let judged = |one: &&Field| one.is_shown() && one.derive.is_none() && !is_moved(&one.name);
    for one in resource.fields.iter().filter(judged) {
        let expected = match body.get(&one.name) {
            Some(sent) => taken(harness, one, sent, &owner),
            None => before.get(&one.name).cloned(),
        };
        has(harness, &when, one, expected.as_ref(), after)?;
    }
    Ok(())
}

/// What a value that is sent becomes; nothing where it is not taken.
fn taken(
    harness: &Harness<'_>,
    field: &Field,
    sent: &Value,
    owner: &Map<String, Value>,
) -> Option<Value> {
    match meant(field, sent) {
        Value::Null => Some(Value::Null),
        sent => accept(harness.api, field, &sent, owner, "", &mut Vec::new()),
    }
}

fn has(
    harness: &Harness<'_>,
    when: &str,
    field: &Field,
    expected: Option<&Value>,
    object: &Map<String, Value>,
) -> Result<(), CheckError> {
    let found = object.get(&field.name).unwrap_or(&Value::Null);
    let same = expected.is_some_and(|value| agrees(harness.api, field, value, found));
    harness.ensure(same, || {
        let expected = expected.unwrap_or(&Value::Null);
        format!("{when} `{}` is {expected}, got {found}", field.name)
    })
}
