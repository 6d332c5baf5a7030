//! Objects whose members no spec names: maps, header fields, rows of the deployment.

use serde_json::{Value, json};

use super::super::answer::reference;
use super::pattern;
use crate::plan::Plan;

/// The name of the schema of any value without U+0000 in its texts. Names of
/// specs have no full stop.
pub(super) const ANY: &str = "Any.Value";

/// Any object without U+0000 in its texts.
pub(super) fn map() -> Value {
    json!({
        "type": "object",
        "propertyNames": { "pattern": pattern::TEXT },
        "additionalProperties": reference(ANY),
    })
}

/// Any value without U+0000 in its texts.
pub(super) fn any() -> Value {
    json!({
        "description": "Any value without U+0000 in its texts.",
        "anyOf": [
            { "type": ["boolean", "number", "null"] },
            { "type": "string", "pattern": pattern::TEXT },
            { "type": "array", "items": reference(ANY) },
            map(),
        ],
    })
}

/// Header fields by name.
pub(super) fn headers(reserved: &[String]) -> Value {
    let mut names = json!({ "pattern": pattern::FIELD });
    if !reserved.is_empty() {
        names["not"] = json!({ "pattern": pattern::names(reserved) });
    }
    json!({
        "type": "object",
        "maxProperties": 50,
        "propertyNames": names,
        "additionalProperties": { "type": "string", "maxLength": 4000, "pattern": pattern::VALUE },
    })
}

/// A row of a table of the deployment, by its key.
pub(super) fn entry(plan: &Plan<'_>, table: &str) -> Value {
    let columns = plan
        .api
        .table(table)
        .into_iter()
        .flat_map(|one| &one.columns);
    let columns: Vec<&String> = columns.map(|column| &column.name).collect();
    let member = |(at, name): (usize, &&String)| match at {
        0 => ((*name).clone(), json!({ "type": ["string", "integer"] })),
        _ => ((*name).clone(), json!({ "type": "string" })),
    };
    let properties: serde_json::Map<String, Value> =
        columns.iter().enumerate().map(member).collect();
    let key: Vec<&&String> = columns.iter().take(1).collect();
    json!({ "type": "object", "required": key, "properties": properties })
}
