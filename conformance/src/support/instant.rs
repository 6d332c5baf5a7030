//! Times that an answer shows.

use crate::kind::kind;
use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

/// A stamped instant of an object.
pub(crate) fn instant(resource: &Resource, name: &str, shown: &Map<String, Value>) -> i64 {
    let field = resource.field(name).zip(shown.get(name));
    field
        .and_then(|(field, value)| kind(&field.ty).instant(value))
        .unwrap_or_default()
}
