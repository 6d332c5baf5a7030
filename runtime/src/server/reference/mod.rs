//! The reference page of an API, from its OpenAPI document: operations,
//! notifications, members with their labels and lines, and the rulings.

mod kind;
mod operation;
mod schema;
mod text;

use std::fmt::Write;

use serde_json::Value;

use self::kind::Names;
use self::text::{entries, paragraph, text};
use crate::problem::{self, escape};

/// The page of the API with the document `openapi`.
pub(super) fn page(openapi: &Value) -> String {
    let schemas = &openapi["components"]["schemas"];
    let names = Names(schemas);
    let mut body = String::new();
    paragraph(&mut body, openapi["info"]["description"].as_str());
    body.push_str("<h2>Operations</h2>");
    let base = openapi["servers"][0]["url"].as_str().unwrap_or_default();
    let base = base.trim_end_matches('/');
    for (path, item) in entries(&openapi["paths"]) {
        for (method, one) in entries(item) {
            let title = format!("{} {base}{path}", method.to_uppercase());
            operation::operation(&mut body, &title, one, names);
        }
    }
    if openapi["webhooks"].is_object() {
        body.push_str("<h2>Notifications</h2><p>What the server sends.</p>");
    }
    for (name, item) in entries(&openapi["webhooks"]) {
        operation::notification(&mut body, name, item, names);
    }
    body.push_str("<h2>Objects</h2>");
    for (name, one) in entries(schemas) {
        if names.is_shown(name) && one["properties"].is_object() {
            schema::schema(&mut body, name, one, names);
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::page;

    #[test]
    fn shows_members_with_label_type_and_source_and_escapes_text() {
        let openapi = json!({
            "info": { "title": "Things" },
            "servers": [{ "url": "/v1" }],
            "paths": { "/things": { "get": { "summary": "Reads <all> of `<x>`." } } },
            "components": { "schemas": { "Thing": { "properties": {
                "size": { "title": "Size", "type": ["integer", "null"], "x-source": { "at": ["api:4"], "rulings": ["R1"] } },
                "name": { "type": "string", "minLength": 0, "maxLength": 9 },
                "code": { "type": "string", "minLength": 2 },
                "all": { "enum": (1..=20).collect::<Vec<_>>() },
                "most": { "enum": (1..=22).collect::<Vec<_>>() },
            } }, "CreateThing": {}, "UpdateThing": {}, "Problem": {}, "Create": { "properties": {} } } },
            "x-rulings": { "R1": { "title": "Size", "chosen": "any", "why": "so" } },
        });
        let page = page(&openapi);
        for part in [
            "GET /v1/things",
            "Reads &lt;all&gt; of <code>&lt;x&gt;</code>.",
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
        let objects: Vec<&str> = page.split("<h3 id=\"").skip(1).collect();
        let named = |name: &str| objects.iter().any(|one| one.starts_with(name));
        assert!(objects.len() == 2 && named("Thing\"") && named("Create\""));
    }

    #[test]
    fn says_what_an_operation_takes_and_answers_and_what_is_sent() {
        let of = |schema: Value| json!({ "content": { "application/json": { "schema": schema } } });
        let name = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        let number = json!({ "type": "integer", "minimum": 1, "maximum": i64::MAX });
        let since = json!({ "type": "object", "required": ["since"], "properties": { "since": { "type": "string" }, "to": {} } });
        let range = json!({ "type": "object", "required": ["from", "to"], "properties": { "from": number, "to": {} } });
        let again = json!({
            "requestBody": of(json!({ "oneOf": [since, range] })),
            "responses": { "202": of(name("Thing")), "404": {} },
            "security": [{ "bearer": ["things:write"] }],
        });
        let make = json!({ "requestBody": of(name("CreateThing")), "responses": { "204": {} } });
        let header = json!({ "name": "x-event", "in": "header", "schema": { "enum": ["a<b"] } });
        let sent = json!({ "summary": "A change.", "parameters": [header], "requestBody": of(name("Thing")) });
        let openapi = json!({
            "paths": { "/again": { "post": again }, "/make": { "post": make } },
            "webhooks": { "change": { "post": sent, "delete": { "parameters": [] } } },
            "components": { "schemas": { "Thing": { "properties": {} }, "CreateThing": {} } },
        });
        let page = page(&openapi);
        for part in [
            "Takes an object with <code>since</code> (string) or an object with <code>from</code> (integer, from 1) and <code>to</code>.",
            "Answers 202 with <a href=\"#Thing\">Thing</a>. Refuses with 404. Scope <code>things:write</code>.",
            "Takes <a href=\"#Thing\">Thing</a>. Answers 204.",
            "<h3>change</h3><p>A change.</p><p>By POST, DELETE. Its body is <a href=\"#Thing\">Thing</a>. </p>",
            "<td><code>x-event</code><td>&quot;a&lt;b&quot;<td>",
        ] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
    }
}
