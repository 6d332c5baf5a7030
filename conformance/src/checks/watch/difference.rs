//! Differences of JSON values.

use serde_json::Value;

use crate::model::below;

/// The first difference of two values, as one line.
pub(super) fn difference(expected: &Value, found: &Value) -> Option<String> {
    fn at(place: &str, expected: &Value, found: &Value) -> Option<String> {
        let (Value::Object(one), Value::Object(other)) = (expected, found) else {
            let told = || format!("expected {expected} at `{place}`, got {found}");
            return (expected != found).then(told);
        };
        let names = one.keys().chain(other.keys());
        let mut differences = names.filter_map(|name| {
            let place = below(place, name);
            match (one.get(name), other.get(name)) {
                (Some(one), Some(other)) => at(&place, one, other),
                (None, _) => Some(format!("there is a `{place}`")),
                (_, None) => Some(format!("there is no `{place}`")),
            }
        });
        differences.next()
    }
    at("", expected, found)
}
