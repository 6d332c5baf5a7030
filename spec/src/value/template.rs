//! Templates of notifications: JSON with `${JSONPath}` in its texts.

use serde_json::Value;

/// A part of a text, and the path that follows it.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// The text.
    pub text: &'a str,
    /// The path; `None` after the last part.
    pub path: Option<&'a str>,
}

/// Whether a value is a valid template.
#[must_use]
pub fn is_template(value: &Value) -> bool {
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

/// The parts of a text; `None` if it contains an invalid path.
#[must_use]
pub fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
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

/// The text with its paths replaced; `value` is told whether a path is inside quotes.
#[must_use]
pub fn fill(pieces: &[Piece<'_>], value: &dyn Fn(&str, bool) -> String) -> String {
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
