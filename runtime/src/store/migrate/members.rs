//! The members of a stored object: those that are shown, the secret ones, and those that were
//! hidden because a spec no longer had them.

use serde_json::{Map, Value};

/// Puts secret values at their paths into an object; `false` if their numbers differ.
pub(super) fn put_secrets(object: &mut Value, paths: &[Vec<String>], values: Vec<Value>) -> bool {
    if paths.len() != values.len() {
        return false;
    }
    for (path, value) in paths.iter().zip(values) {
        let Some((name, above)) = path.split_last() else {
            continue;
        };
        let holder = above
            .iter()
            .try_fold(&mut *object, |value, step| value.get_mut(step));
        if let Some(Value::Object(map)) = holder {
            map.insert(name.clone(), value);
        }
    }
    true
}

/// Moves the values of members that had another name, also in the elements of lists: each path
/// leads to a member of now, beside the name that it had.
pub(super) fn rename(object: &mut Value, renamed: &[(&str, &str)]) {
    for (path, was) in renamed {
        let steps: Vec<&str> = path.split('.').collect();
        let Some((now, above)) = steps.split_last() else {
            continue;
        };
        below(object, above, &mut |map| {
            if !map.contains_key(*now)
                && let Some(value) = map.shift_remove(*was)
            {
                map.insert((*now).to_owned(), value);
            }
        });
    }
}

/// Calls `act` for each object at the end of `steps`.
fn below(value: &mut Value, steps: &[&str], act: &mut dyn FnMut(&mut Map<String, Value>)) {
    match (value, steps.split_first()) {
        (Value::Array(items), _) => items.iter_mut().for_each(|item| below(item, steps, act)),
        (Value::Object(map), None) => act(map),
        (Value::Object(map), Some((step, rest))) => {
            if let Some(value) = map.get_mut(*step) {
                below(value, rest, act);
            }
        }
        _ => {}
    }
}

/// Adds the members of `kept` that `object` lacks, at any depth of objects. Elements of lists
/// may have moved, so nothing is added to them.
pub(super) fn restore(object: &mut Value, kept: &Map<String, Value>) {
    let Value::Object(map) = object else { return };
    for (name, value) in kept {
        match (map.get_mut(name), value) {
            (None, value) => {
                map.insert(name.clone(), value.clone());
            }
            (Some(there @ Value::Object(_)), Value::Object(below)) => restore(there, below),
            (Some(_), _) => {}
        }
    }
}

/// The members of `before` that `after` lacks, at any depth; of a list whose elements lack some,
/// the whole list as it was. `null` is no loss.
pub(super) fn rest(before: &Value, after: &Value) -> Option<Value> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let mut lost = Map::new();
            for (name, value) in before.iter().filter(|(_, value)| !value.is_null()) {
                let one = match after.get(name) {
                    Some(there) => rest(value, there),
                    None => Some(value.clone()),
                };
                lost.extend(one.map(|one| (name.clone(), one)));
            }
            (!lost.is_empty()).then_some(Value::Object(lost))
        }
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            let mut pairs = was.iter().zip(is);
            let lacks = pairs.any(|(was, is)| rest(was, is).is_some());
            lacks.then(|| before.clone())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{put_secrets, rename, rest, restore};

    #[test]
    fn a_value_moves_to_the_name_of_now_at_any_depth() {
        let mut object = json!({ "a": [{ "x": 1 }, { "y": 2 }, { "x": 3, "y": 4 }], "b": 5 });
        rename(&mut object, &[("c", "a"), ("c.y", "x"), ("d", "none")]);
        let wanted = json!({ "b": 5, "c": [{ "y": 1 }, { "y": 2 }, { "x": 3, "y": 4 }] });
        assert_eq!(object, wanted);
    }

    #[test]
    fn what_is_gone_is_kept_and_comes_back_where_it_was() {
        let before = json!({ "a": 1, "b": { "c": 2, "d": null }, "e": [{ "f": 1, "g": 2 }] });
        let after = json!({ "b": {}, "e": [{ "f": 1 }] });
        let lost = rest(&before, &after).unwrap();
        let wanted = json!({ "a": 1, "b": { "c": 2 }, "e": [{ "f": 1, "g": 2 }] });
        assert_eq!(lost, wanted);
        let mut again = after.clone();
        let Value::Object(kept) = &lost else { panic!() };
        restore(&mut again, kept);
        let wanted = json!({ "b": { "c": 2 }, "e": [{ "f": 1 }], "a": 1 });
        assert_eq!(again, wanted);
        assert_eq!(rest(&after, &after), None);
    }

    #[test]
    fn secrets_stand_at_the_paths_by_which_they_were_stored() {
        let paths = [vec!["b".to_owned(), "s".to_owned()], vec!["t".to_owned()]];
        let mut object = json!({ "b": { "s": true } });
        assert!(put_secrets(&mut object, &paths, vec![json!("x"), json!(7)]));
        assert_eq!(object, json!({ "b": { "s": "x" }, "t": 7 }));
        assert!(!put_secrets(&mut object, &paths, vec![json!("x")]));
    }
}
