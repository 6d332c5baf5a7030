//! Removal of parts of request bodies.

use serde_json::Value;

/// The body without the values at these places; if `whole`, without the values that
/// directly contain them.
pub(super) fn without(body: &[u8], places: &[String], whole: bool) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(body) else {
        return body.to_vec();
    };
    // Last items are removed first, so that the indices of the others stay valid.
    for context in places.iter().rev() {
        let context = match context.rsplit_once('/') {
            Some((above, _)) if whole => above,
            _ => context,
        };
        remove(&mut value, context);
    }
    value.to_string().into_bytes()
}

/// Removes the value at a JSON pointer (RFC 6901).
fn remove(value: &mut Value, context: &str) {
    let Some((above, last)) = context.rsplit_once('/') else {
        return;
    };
    match value.pointer_mut(above) {
        Some(Value::Object(map)) => {
            map.shift_remove(&last.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            if let Some(at) = last.parse().ok().filter(|at| *at < items.len()) {
                items.remove(at);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn parts_are_taken_out_at_their_places() {
        let body = br#"{"a":[{"id":1},{"id":2},{"id":3}],"b":{"c~d":1,"e":2}}"#;
        let places = ["/a/0/id".to_owned(), "/a/2/id".to_owned()];
        let whole = String::from_utf8(without(body, &places, true)).unwrap();
        assert_eq!(whole, r#"{"a":[{"id":2}],"b":{"c~d":1,"e":2}}"#);
        let part = without(body, &["/b/c~0d".to_owned()], false);
        assert!(
            String::from_utf8(part)
                .unwrap()
                .ends_with(r#""b":{"e":2}}"#)
        );
    }
}
