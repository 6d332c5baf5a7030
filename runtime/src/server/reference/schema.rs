//! Objects with their members.

use std::fmt::Write;

use serde_json::Value;

use super::kind::Names;
use super::text::{entries, paragraph, source, text};
use crate::problem::escape;

/// An object: a row for each member.
pub(super) fn schema(body: &mut String, name: &str, schema: &Value, names: Names<'_>) {
    let name = escape(name);
    let _ = write!(body, "<h3 id=\"{name}\">{name}</h3>");
    paragraph(body, schema["description"].as_str());
    let members = entries(&schema["properties"]);
    let any = |has: fn(&Value) -> bool| members.iter().any(|(_, member)| has(member));
    let labelled = any(|member| member["title"].is_string());
    let sourced = any(|member| !source(member).is_empty());
    let label = if labelled { "<th>label" } else { "" };
    let last = if sourced { "<th>source" } else { "" };
    let _ = write!(
        body,
        "<table><tr><th>member{label}<th>type<th>meaning{last}</tr>"
    );
    for (name, member) in members {
        let _ = write!(body, "<tr><td><code>{}</code>", escape(name));
        if labelled {
            let _ = write!(body, "<td>{}", text(&member["title"]));
        }
        let (kind, about) = (names.kind(member), text(&member["description"]));
        let _ = write!(body, "<td>{kind}<td>{about}");
        if sourced {
            let _ = write!(body, "<td>{}", source(member));
        }
        body.push_str("</tr>");
    }
    body.push_str("</table>");
}
