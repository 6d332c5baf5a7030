//! Templates that data can break out of.

use fieldproof_spec::value::template::{fill, pieces};
use serde_json::Value;

use crate::model::{Data, plain, typed};

/// A template filled in as text, whatever its parts are: texts of the data become JSON of
/// the template.
pub(super) fn open(template: &Value, data: &Data) -> String {
    let text = match template {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    fill(
        &pieces(&text).unwrap_or_default(),
        &|path, inside| match inside {
            true => plain(path, data),
            false => typed(path, data).to_string(),
        },
    )
}
