//! Texts of a document as HTML.

use std::fmt::Write;

use serde_json::Value;

use crate::problem::escape;

/// References to the document lines and rulings that a row comes from.
pub(super) fn source(row: &Value) -> String {
    let list = |key: &str| -> Vec<&str> {
        let all = row["x-source"][key].as_array().into_iter().flatten();
        all.filter_map(Value::as_str).collect()
    };
    let rulings = list("rulings").into_iter().map(|id| {
        let id = escape(id);
        format!("<a href=\"#{id}\">{id}</a>")
    });
    let mut parts: Vec<String> = list("at").into_iter().map(escape).collect();
    parts.extend(rulings);
    match parts.is_empty() {
        true => String::new(),
        false => format!("<small>{}</small>", parts.join(" ")),
    }
}

/// A paragraph, if there is text for it.
pub(super) fn paragraph(body: &mut String, text: Option<&str>) {
    if let Some(text) = text {
        let _ = write!(body, "<p>{}</p>", prose(text));
    }
}

/// Text with names in backticks, as HTML.
fn prose(text: &str) -> String {
    let parts: Vec<String> = text.split('`').map(escape).collect();
    // A backtick is unpaired.
    if parts.len().is_multiple_of(2) {
        return escape(text);
    }
    let one = |(at, part): (usize, &String)| match at % 2 {
        0 => part.clone(),
        _ => format!("<code>{part}</code>"),
    };
    parts.iter().enumerate().map(one).collect()
}

/// The members of an object.
pub(super) fn entries(map: &Value) -> Vec<(&String, &Value)> {
    map.as_object().into_iter().flatten().collect()
}

/// A text of the document as HTML.
pub(super) fn text(value: &Value) -> String {
    prose(value.as_str().unwrap_or_default())
}
