//! Properties and comparisons of values.

use serde_json::Value;

use crate::kind::whole;

/// Whether a text can be the user name of HTTP Basic (RFC 7617 section 2), which ends at
/// the first colon.
pub(super) fn is_username(text: &str) -> bool {
    !text.chars().any(|c| c == ':' || c.is_ascii_control())
}

/// Whether two values are equal; numbers are compared by value.
#[must_use]
pub fn alike(one: &Value, other: &Value) -> bool {
    fn plain(value: &Value) -> Value {
        match value {
            Value::Number(_) => whole(value).map_or_else(|| value.clone(), Value::from),
            Value::Array(items) => items.iter().map(plain).collect(),
            Value::Object(map) => {
                let pairs = map.iter().map(|(name, value)| (name.clone(), plain(value)));
                Value::Object(pairs.collect())
            }
            value => value.clone(),
        }
    }
    plain(one) == plain(other)
}
