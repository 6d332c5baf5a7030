//! Times that an answer shows.

use crate::kind::kind;
use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

/// A stamped moment of an object.
pub(crate) fn moment(resource: &Resource, name: &str, shown: &Map<String, Value>) -> i64 {
    let field = resource.field(name).zip(shown.get(name));
    field
        .and_then(|(field, value)| kind(&field.ty).moment(value))
        .unwrap_or_default()
}
