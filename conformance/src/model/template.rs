//! Templates of what is sent, filled in.

use fieldproof_spec::value::template::{fill, pieces};
use jsonpath_rust::JsonPath;
use serde_json::Value;

/// The template with values of `data` in place of its paths, as JSON text. An
/// `open` one takes texts of the data for JSON.
pub(super) fn render(template: &Value, data: &Value, open: bool) -> String {
    match template {
        Value::String(text) => fill(&pieces(text).unwrap_or_default(), &|path, inside| match (
            inside, open,
        ) {
            (false, _) => typed(path, data).to_string(),
            (true, true) => plain(path, data),
            (true, false) => escaped(&plain(path, data)),
        }),
        other if open => render(&Value::String(other.to_string()), data, true),
        other => inside(other, data).to_string(),
    }
}

/// An object whose texts are filled in.
fn inside(template: &Value, data: &Value) -> Value {
    match template {
        Value::String(text) => {
            let pieces = pieces(text).unwrap_or_default();
            fill(&pieces, &|path, _| plain(path, data)).into()
        }
        Value::Array(items) => items.iter().map(|item| inside(item, data)).collect(),
        Value::Object(members) => {
            let filled = |(name, item): (&String, &Value)| (name.clone(), inside(item, data));
            Value::Object(members.iter().map(filled).collect())
        }
        other => other.clone(),
    }
}

/// What a path leads to as JSON: nothing is null, several are an array.
fn typed(path: &str, data: &Value) -> Value {
    let mut found = data.query(path).unwrap_or_default();
    match found.len() {
        0 => Value::Null,
        1 => found.remove(0).clone(),
        _ => found.into_iter().cloned().collect(),
    }
}

/// The first thing a path leads to, as text.
fn plain(path: &str, data: &Value) -> String {
    let found = data.query(path).unwrap_or_default();
    match found.first() {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn escaped(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}
