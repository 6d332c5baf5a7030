//! Comparison keys of unique values.

use fieldproof_spec::model::{Resource, Type};
use serde_json::{Map, Value};

use super::fold;
use super::value::external;

/// The comparison key of a combination of members; `None` if one of them is `null`, since
/// `null` equals nothing.
pub(crate) fn key(
    resource: &Resource,
    members: &[String],
    object: &Map<String, Value>,
) -> Option<Vec<String>> {
    let one = |name: &String| match object.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => match resource.field(name).map(|field| &field.ty) {
            Some(Type::ExternalId) => Some(external(text)),
            Some(Type::Email { .. }) => Some(fold(text)),
            _ => Some(text.clone()),
        },
        Some(value) => Some(value.to_string()),
    };
    members.iter().map(one).collect()
}
