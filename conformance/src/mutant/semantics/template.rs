//! Templates that are open to injection.

use fieldproof_spec::value::template::{fill, pieces};
use serde_json::Value;

use crate::model::{Data, plain, typed};

/// Renders a template as text throughout, so that texts of the data become JSON of the
/// template.
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
