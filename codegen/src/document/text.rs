//! Sources of rows as extensions, and documents as text.

use fieldproof_spec::model::Row;
use serde_json::{Value, json};

/// The source of a row as an extension.
pub(super) fn source(row: &Row) -> Option<Value> {
    let cited: Vec<String> = row.at.iter().map(ToString::to_string).collect();
    match (cited.is_empty(), row.rulings.is_empty()) {
        (true, true) => None,
        (false, true) => Some(json!({ "at": cited })),
        (_, false) => Some(json!({ "at": cited, "rulings": row.rulings })),
    }
}

pub(super) fn text(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
