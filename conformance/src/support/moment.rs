//! Times that an answer shows.

use crate::model::instant;
use fieldproof_spec::model::{Form, Resource, Type};
use serde_json::{Map, Value};

/// A stamped moment of an object.
pub(crate) fn moment(resource: &Resource, name: &str, shown: &Map<String, Value>) -> i64 {
    let form = match resource.field(name).map(|field| &field.ty) {
        Some(Type::DateTime(form)) => *form,
        _ => Form::MillisZ,
    };
    shown
        .get(name)
        .and_then(|text| instant(form, text.as_str()?))
        .unwrap_or_default()
}
