//! Server-set members of nested objects: they keep their values when the object around them is
//! replaced, and may be sent back.

use serde_json::Value;

use crate::body::Reading;
use crate::problem::Problem;
use crate::resource::Resource;
use crate::write::unreadable;

/// The object after a change, with these members as they were before; an element of a list
/// keeps those of the element at the same index.
pub(super) fn keep<R: Resource>(before: &R, after: R) -> Result<R, Problem> {
    let paths = R::TABLE.managed_inside;
    if paths.is_empty() {
        return Ok(after);
    }
    let before = serde_json::to_value(before).map_err(|error| unreadable(&error))?;
    let mut after = serde_json::to_value(after).map_err(|error| unreadable(&error))?;
    for path in paths {
        restore(&before, &mut after, path);
    }
    serde_json::from_value(after).map_err(|error| unreadable(&error))
}

fn restore(before: &Value, after: &mut Value, path: &[&str]) {
    if let (Value::Array(before), Value::Array(after)) = (before, &mut *after) {
        let pairs = before.iter().zip(after);
        return pairs.for_each(|(before, after)| restore(before, after, path));
    }
    let Some((name, rest)) = path.split_first() else {
        return;
    };
    if let (Some(before), Some(after)) = (before.get(*name), after.get_mut(*name)) {
        match rest {
            [] => *after = before.clone(),
            rest => restore(before, after, rest),
        }
    }
}

/// Refuses sent values that differ from the stored ones.
pub(super) fn judge(
    sent: &[(String, Value)],
    kept: &str,
    reading: &mut Reading,
) -> Result<(), Problem> {
    if sent.is_empty() {
        return Ok(());
    }
    let kept: Value = serde_json::from_str(kept).map_err(|error| unreadable(&error))?;
    for (place, value) in sent {
        if kept.pointer(place) != Some(value) {
            reading.refuse(place, "read_only", "is set by the server");
        }
    }
    Ok(())
}

/// Overwrites these members of an imported object, which is at `pointer` in the body, with the
/// imported values.
pub(super) fn overlay<R: Resource>(
    object: R,
    pointer: &str,
    reading: &mut Reading,
) -> Result<R, Problem> {
    let own = |(place, _): &(String, Value)| place.starts_with(&format!("{pointer}/"));
    let (sent, others) = std::mem::take(&mut reading.inside)
        .into_iter()
        .partition(own);
    reading.inside = others;
    let sent: Vec<(String, Value)> = sent;
    if sent.is_empty() {
        return Ok(object);
    }
    let mut whole = serde_json::to_value(&object).map_err(|error| unreadable(&error))?;
    for (place, value) in &sent {
        if let Some(kept) = whole.pointer_mut(&place[pointer.len()..]) {
            *kept = value.clone();
        }
    }
    match serde_json::from_value(whole) {
        Ok(object) => Ok(object),
        Err(error) => {
            reading.refuse(&sent[0].0, "type", error.to_string());
            Ok(object)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{judge, restore};
    use crate::body::Reading;

    #[test]
    fn what_is_kept_inside_stays_at_its_place() {
        let before = json!({ "a": [{ "b": { "c": 1 } }, { "b": null }] });
        let mut after =
            json!({ "a": [{ "b": { "c": 0 } }, { "b": { "c": 0 } }, { "b": { "c": 0 } }] });
        restore(&before, &mut after, &["a", "b", "c"]);
        let wanted =
            json!({ "a": [{ "b": { "c": 1 } }, { "b": { "c": 0 } }, { "b": { "c": 0 } }] });
        assert_eq!(after, wanted);
    }

    #[test]
    fn what_is_sent_back_is_what_was_kept() {
        let mut reading = Reading::default();
        let sent = [
            ("/a/0/b".to_owned(), json!(1)),
            ("/a/1/b".to_owned(), json!(1)),
        ];
        judge(&sent, r#"{ "a": [{ "b": 1 }] }"#, &mut reading).unwrap();
        let found: Vec<_> = reading.found.iter().map(|one| one.code).collect();
        assert_eq!(found, ["read_only"]);
    }
}
