//! The reference page of an API, from its OpenAPI document: operations,
//! members with their labels and lines, and the rulings.

use std::fmt::Write;

use serde_json::Value;

use crate::problem::{self, escape};

/// The page of an API whose document is `openapi`.
pub(super) fn page(openapi: &Value) -> String {
    let mut body = String::new();
    paragraph(&mut body, openapi["info"]["description"].as_str());
    body.push_str("<h2>Operations</h2>");
    let base = openapi["servers"][0]["url"].as_str().unwrap_or_default();
    let base = base.trim_end_matches('/');
    for (path, item) in entries(&openapi["paths"]) {
        for (method, operation) in entries(item) {
            one_operation(&mut body, method, &format!("{base}{path}"), operation);
        }
    }
    body.push_str("<h2>Objects</h2>");
    for (name, schema) in entries(&openapi["components"]["schemas"]) {
        // What a create and an update take has the same members.
        let written = ["Create", "Update"].iter().any(|prefix| {
            name.strip_prefix(prefix)
                .is_some_and(|rest| !rest.is_empty())
        });
        if !written && name != "Problem" {
            one_schema(&mut body, name, schema);
        }
    }
    body.push_str("<h2>Rulings</h2><p>Where the document is silent or contradicts itself.</p><table><tr><th>id<th>question<th>chosen<th>why</tr>");
    for (id, ruling) in entries(&openapi["x-rulings"]) {
        let _ = write!(body, "<tr id=\"{}\"><td>{}", escape(id), escape(id));
        for key in ["title", "chosen", "why"] {
            let _ = write!(body, "<td>{}", text(&ruling[key]));
        }
        body.push_str("</tr>");
    }
    body.push_str("</table><p><a href=\"/docs\">All APIs</a></p>");
    problem::html(openapi["info"]["title"].as_str().unwrap_or_default(), &body)
}

fn one_operation(body: &mut String, method: &str, path: &str, operation: &Value) {
    let _ = write!(
        body,
        "<h3><code>{} {}</code></h3>",
        method.to_uppercase(),
        escape(path)
    );
    paragraph(body, operation["summary"].as_str());
    let _ = write!(body, "<p>{}</p>", source(operation));
    let query = operation["parameters"].as_array().into_iter().flatten();
    let query: Vec<&Value> = query.filter(|one| one["in"] == "query").collect();
    if !query.is_empty() {
        body.push_str("<table><tr><th>parameter<th>meaning<th>source</tr>");
        for one in query {
            let (name, about) = (text(&one["name"]), text(&one["description"]));
            let _ = write!(
                body,
                "<tr><td><code>{name}</code><td>{about}<td>{}</tr>",
                source(one)
            );
        }
        body.push_str("</table>");
    }
}

fn one_schema(body: &mut String, name: &str, schema: &Value) {
    let _ = write!(body, "<h3>{}</h3>", escape(name));
    paragraph(body, schema["description"].as_str());
    let members = entries(&schema["properties"]);
    let labelled = members
        .iter()
        .any(|(_, member)| member["title"].is_string());
    let label = if labelled { "<th>label" } else { "" };
    let _ = write!(
        body,
        "<table><tr><th>member{label}<th>type<th>meaning<th>source</tr>"
    );
    for (name, member) in members {
        let _ = write!(body, "<tr><td><code>{}</code>", escape(name));
        if labelled {
            let _ = write!(body, "<td>{}", text(&member["title"]));
        }
        let (kind, about) = (kind(member), text(&member["description"]));
        let _ = write!(
            body,
            "<td>{}<td>{about}<td>{}</tr>",
            escape(&kind),
            source(member)
        );
    }
    body.push_str("</table>");
}

/// Values of a closed list that are shown.
const SHOWN: usize = 20;

/// The type of a member in a few words.
fn kind(schema: &Value) -> String {
    if let Some(path) = schema["$ref"].as_str() {
        let path = path.replace("/properties/", ".");
        return path.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(any) = schema["anyOf"].as_array() {
        return any.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let mut words = match &schema["type"] {
        Value::Array(types) => types
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" or "),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    if words == "array" {
        words = format!("array of {}", kind(&schema["items"]));
    }
    if let Some(values) = schema["enum"].as_array() {
        let shown: Vec<String> = values.iter().take(SHOWN).map(Value::to_string).collect();
        words = shown.join(", ");
        if let Some(more) = values.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let _ = write!(words, " and {more} more");
        }
    }
    let bounds = [
        ("minLength", "from", "characters"),
        ("maxLength", "to", "characters"),
    ];
    for (key, word, unit) in bounds {
        if let Some(bound) = schema[key].as_u64().filter(|bound| *bound > 0) {
            let _ = write!(words, ", {word} {bound} {unit}");
        }
    }
    words
}

/// Lines of the documents and rulings that a row comes from.
fn source(row: &Value) -> String {
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
    format!("<small>{}</small>", parts.join(" "))
}

fn paragraph(body: &mut String, text: Option<&str>) {
    if let Some(text) = text {
        let _ = write!(body, "<p>{}</p>", escape(text));
    }
}

fn entries(map: &Value) -> Vec<(&String, &Value)> {
    map.as_object().into_iter().flatten().collect()
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::page;

    #[test]
    fn shows_members_with_label_type_and_source_and_escapes_text() {
        let openapi = json!({
            "info": { "title": "Things" },
            "servers": [{ "url": "/v1" }],
            "paths": { "/things": { "get": { "summary": "Reads <all>." } } },
            "components": { "schemas": { "Thing": { "properties": {
                "size": { "title": "Size", "type": ["integer", "null"], "x-source": { "at": ["api:4"], "rulings": ["R1"] } },
                "name": { "type": "string", "minLength": 0, "maxLength": 9 },
                "code": { "type": "string", "minLength": 2 },
                "all": { "enum": (1..=20).collect::<Vec<_>>() },
                "most": { "enum": (1..=22).collect::<Vec<_>>() },
            } }, "CreateThing": {}, "UpdateThing": {}, "Problem": {}, "Create": {} } },
            "x-rulings": { "R1": { "title": "Size", "chosen": "any", "why": "so" } },
        });
        let page = page(&openapi);
        for part in [
            "GET /v1/things",
            "Reads &lt;all&gt;.",
            "<th>label",
            "<td>Size<td>integer or null",
            "<td>string, to 9 characters<",
            "<td>string, from 2 characters<",
            ", 19, 20<",
            ", 19, 20 and 2 more<",
            "api:4 <a href=\"#R1\">R1</a>",
            "<tr id=\"R1\">",
        ] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
        let objects: Vec<&str> = page.split("<h3>").skip(2).collect();
        let named = |name: &str| objects.iter().any(|one| one.starts_with(name));
        assert!(objects.len() == 2 && named("Thing<") && named("Create<"));
    }
}
