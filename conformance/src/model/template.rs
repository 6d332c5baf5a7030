//! Templates of what is sent: JSON with `${JSONPath}` in its texts.

use jsonpath_rust::JsonPath;
use serde_json::Value;

/// A part of a text, and the path behind it.
struct Piece<'a> {
    text: &'a str,
    path: Option<&'a str>,
}

/// Whether a template can be filled in.
pub(super) fn is_template(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.values().all(fills),
        Value::String(text) => {
            let null = |_: &str, inside: bool| if inside { "x" } else { "null" }.to_owned();
            let filled = pieces(text).map(|pieces| fill(&pieces, &null));
            filled.is_some_and(|text| serde_json::from_str::<Value>(&text).is_ok())
        }
        _ => false,
    }
}

fn fills(value: &Value) -> bool {
    match value {
        Value::String(text) => pieces(text).is_some(),
        Value::Array(items) => items.iter().all(fills),
        Value::Object(map) => map.values().all(fills),
        _ => true,
    }
}

/// The parts of a text, when what stands between them are paths.
fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once("${") {
        let (path, behind) = inner.split_once('}')?;
        let steps = path.strip_prefix('$')?;
        let begins = steps.is_empty() || steps.starts_with('.') || steps.starts_with('[');
        let closed = steps.matches('[').count() == steps.matches(']').count();
        if !begins || !closed || steps.ends_with('.') {
            return None;
        }
        pieces.push(Piece {
            text: before,
            path: Some(path),
        });
        rest = behind;
    }
    pieces.push(Piece {
        text: rest,
        path: None,
    });
    Some(pieces)
}

/// The text with something in place of each path; `value` is told whether the
/// path stands inside of quotes.
fn fill(pieces: &[Piece<'_>], value: &dyn Fn(&str, bool) -> String) -> String {
    let mut filled = String::new();
    let mut text = String::new();
    for piece in pieces {
        filled.push_str(piece.text);
        text.push_str(piece.text);
        let quotes = text.matches('"').count() - text.matches("\\\"").count();
        if let Some(path) = piece.path {
            filled.push_str(&value(path, !quotes.is_multiple_of(2)));
        }
    }
    filled
}

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
