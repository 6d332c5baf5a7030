//! Operations and notifications.

use std::fmt::Write;

use serde_json::Value;

use super::kind::Names;
use super::text::{entries, paragraph, source, text};
use crate::problem::escape;

/// An operation: its parameters and body, its responses and who may call it.
pub(super) fn operation(body: &mut String, title: &str, operation: &Value, names: Names<'_>) {
    let _ = write!(body, "<h3><code>{}</code></h3>", escape(title));
    paragraph(body, operation["summary"].as_str());
    let mut told = Vec::new();
    told.extend(taken(operation, names));
    let (mut refused, mut answered) = (Vec::new(), Vec::new());
    for (status, response) in entries(&operation["responses"]) {
        match status.starts_with('2') {
            true => answered.push(answer(status, response, names)),
            false => refused.push(escape(status)),
        }
    }
    if !answered.is_empty() {
        told.push(format!("Answers {}.", answered.join("; ")));
    }
    if !refused.is_empty() {
        told.push(format!("Refuses with {}.", refused.join(", ")));
    }
    if let Some(scope) = operation["security"][0]["bearer"][0].as_str() {
        told.push(format!("Scope <code>{}</code>.", escape(scope)));
    }
    let _ = write!(body, "<p>{}</p>", told.join(" "));
    let source = source(operation);
    if !source.is_empty() {
        let _ = write!(body, "<p>{source}</p>");
    }
    parameters(body, operation, "query", "parameter", names);
}

/// The requests sent to a receiver, by method.
pub(super) fn notification(body: &mut String, name: &str, item: &Value, names: Names<'_>) {
    let _ = write!(body, "<h3>{}</h3>", escape(name));
    let all = entries(item);
    let Some((_, first)) = all.first() else {
        return;
    };
    paragraph(body, first["summary"].as_str());
    let methods: Vec<String> = all
        .iter()
        .map(|(method, _)| method.to_uppercase())
        .collect();
    let with = all.iter().find_map(|(_, one)| {
        let schema = schema(&one["requestBody"])?;
        let about = text(&one["requestBody"]["description"]);
        Some(format!("Its body is {}. {about}", names.kind(schema)))
    });
    let with = with.unwrap_or_default();
    let _ = write!(body, "<p>By {}. {with}</p>", escape(&methods.join(", ")));
    parameters(body, first, "header", "header field", names);
}

/// The schema of a body.
fn schema(body: &Value) -> Option<&Value> {
    let content = body["content"].as_object()?;
    Some(&content.values().next()?["schema"])
}

fn taken(operation: &Value, names: Names<'_>) -> Option<String> {
    let schema = schema(&operation["requestBody"])?;
    Some(format!("Takes {}.", names.kind(schema)))
}

fn answer(status: &str, response: &Value, names: Names<'_>) -> String {
    match schema(response) {
        Some(schema) => format!("{} with {}", escape(status), names.kind(schema)),
        None => escape(status),
    }
}

/// A table of the parameters in one place.
fn parameters(body: &mut String, operation: &Value, at: &str, word: &str, names: Names<'_>) {
    let all = operation["parameters"].as_array().into_iter().flatten();
    let all: Vec<&Value> = all.filter(|one| one["in"] == at).collect();
    if all.is_empty() {
        return;
    }
    let sourced = all.iter().any(|one| !source(one).is_empty());
    let last = if sourced { "<th>source" } else { "" };
    let _ = write!(body, "<table><tr><th>{word}<th>type<th>meaning{last}</tr>");
    for one in all {
        let (name, about) = (text(&one["name"]), text(&one["description"]));
        let kind = names.kind(&one["schema"]);
        let _ = write!(body, "<tr><td><code>{name}</code><td>{kind}<td>{about}");
        if sourced {
            let _ = write!(body, "<td>{}", source(one));
        }
        body.push_str("</tr>");
    }
    body.push_str("</table>");
}
