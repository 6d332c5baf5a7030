//! Keys of reference tables.

use fieldproof_spec::model::{Table, Type};
use serde_json::{Value, json};

use crate::plan::Plan;

/// The values of a column that fields name rows by, unless the deployment has
/// others.
pub(super) fn keys(plan: &Plan<'_>, table: &Table, column: &str) -> Option<Vec<String>> {
    let resources = plan.api.resources.iter().flat_map(|one| &one.fields);
    let mut fields = resources.chain(plan.api.objects.iter().flat_map(|one| &one.fields));
    let named = fields.any(|field| match &field.ty {
        Type::Key {
            table: of,
            column: by,
        } => *of == table.name && by == column,
        _ => false,
    });
    let values = table
        .rows
        .iter()
        .filter_map(|row| row.get(column)?.as_str());
    (named && table.path.is_none()).then(|| values.map(str::to_owned).collect())
}

/// The name and schema of keys that may be sent as numbers as well: all of
/// them are digits of one length. Names of specs have no full stop.
pub(super) fn numbered(plan: &Plan<'_>, table: &Table, column: &str) -> Option<(String, Value)> {
    let keys = keys(plan, table, column)?;
    let width = keys.first()?.len();
    let digits = |key: &String| key.len() == width && key.bytes().all(|byte| byte.is_ascii_digit());
    if !keys.iter().all(digits) {
        return None;
    }
    let numbers = keys.iter().filter_map(|key| key.parse::<u64>().ok());
    let numbers: Vec<Value> = numbers.map(Value::from).collect();
    let texts = keys.iter().map(|key| Value::from(key.as_str()));
    let values: Vec<Value> = texts.chain(numbers).collect();
    let schema = json!({
        "type": ["string", "integer"],
        "description": "A key, or the number that it is.",
        "enum": values,
    });
    Some((name(&table.name, column), schema))
}

fn name(table: &str, column: &str) -> String {
    format!("{table}.{column}")
}

/// Where the schema of such a key is.
pub(super) fn sent(plan: &Plan<'_>, table: &str, column: &str) -> String {
    let found = plan.api.table(table);
    match found.and_then(|table| numbered(plan, table, column)) {
        Some((name, _)) => name,
        None => format!("{table}/properties/{column}"),
    }
}
