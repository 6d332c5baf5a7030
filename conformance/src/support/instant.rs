//! Times in answers.

use crate::kind::kind;
use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

/// A timestamp that the server set, in microseconds; 0 if it is missing.
pub(crate) fn instant(resource: &Resource, name: &str, shown: &Map<String, Value>) -> i64 {
    let field = resource.field(name).zip(shown.get(name));
    field
        .and_then(|(field, value)| kind(&field.ty).instant(value))
        .unwrap_or_default()
}
