//! Operations.

use fieldproof_spec::model::{
    Api, Envelope, EnvelopeWhen, Field, IdempotencyKeys, IfMatch, Operation as Kind, Presets,
    Refusal, Resource, Row, Table, Verb,
};
use heck::ToLowerCamelCase;
use serde_json::{Value, json};

use super::answer::{ALWAYS, UNREADABLE, content, responses as answers, security};
use super::parameter;
use super::text::source;
use crate::ir::{Operation, merges};
use crate::kind::kind;
use crate::plan::Plan;
use crate::shape::reference;

/// One operation; `canonical` is the documented method and path.
pub(super) fn operation(
    plan: &Plan<'_>,
    resource: &Resource,
    one: &Operation<'_>,
    verb: Verb,
    canonical: bool,
) -> Value {
    let mut parameters = parameter::path(&one.path);
    if let (Kind::List, Some(list)) = (one.kind, &resource.list) {
        parameters.extend(parameter::query(resource, list));
    }
    let keys = plan.api.dialect.idempotency_keys.value == IdempotencyKeys::Honoured;
    if one.kind == Kind::Create && verb == Verb::Post && keys {
        parameters.push(parameter::idempotency_key());
    }
    // An operation id has to be unique for a method and path.
    let mut id = format!("{}-{}", one.kind.as_str(), resource.name).to_lower_camel_case();
    if !canonical {
        let alias = one.path.replace(['/', '{', '}'], "-");
        id = format!("{id}-by-{}{alias}", verb.as_str().to_lowercase()).to_lower_camel_case();
    }
    let mut operation = json!({
        "operationId": id,
        "tags": [resource.name],
        "summary": one.about,
        "security": security(plan.api, verb != Verb::Get),
        "parameters": parameters,
        "responses": responses(plan, resource, one),
    });
    let body = match one.kind {
        Kind::Create => Some(format!("Create{}", resource.name)),
        Kind::Update => Some(format!("Update{}", resource.name)),
        Kind::Append => Some(format!("Append{}", resource.name)),
        Kind::List | Kind::Get | Kind::Delete => None,
    };
    if let Some(name) = body {
        let mut content = content(&reference(&name));
        if verb == Verb::Patch && one.kind != Kind::Append {
            content["application/merge-patch+json"] = match resource.fields.iter().any(is_partial) {
                true => json!({ "schema": {
                    "type": "object",
                    "description": format!("Members of `{name}`; of objects and header fields single ones (RFC 7396)."),
                } }),
                false => content["application/json"].clone(),
            };
        }
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    if let Some(source) = source(one.row) {
        operation["x-source"] = source;
    }
    operation
}

/// Whether a merge patch may send a part of the member, which other changes may not.
fn is_partial(field: &Field) -> bool {
    let kind = kind(&field.ty);
    let whole = kind.object().is_some() && !merges(field);
    (whole || kind.is_patched_freely()) && field.on_update() && !field.list
}

/// The path where clients read the lists of the deployment.
pub(super) fn presets(api: &Api, presets: &Presets) -> Value {
    let list = |name: &String| {
        let values = json!({ "type": "array", "items": { "type": "string" } });
        (name.clone(), values)
    };
    let names: Vec<&String> = presets.lists.keys().collect();
    let properties: serde_json::Map<String, Value> = presets.lists.keys().map(list).collect();
    let schema = json!({ "type": "object", "required": names, "properties": properties });
    readable(
        api,
        "listPresets",
        presets.about.as_deref(),
        &presets.row,
        &schema,
    )
}

/// The path where clients read the rows of a table of the deployment.
pub(super) fn rows(api: &Api, table: &Table) -> Value {
    let row = reference(&table.name);
    let items = json!({ "items": { "type": "array", "items": row } });
    let schema = json!({ "type": "object", "required": ["items"], "properties": items });
    let id = format!("list-{}", table.name).to_lower_camel_case();
    readable(api, &id, table.about.as_deref(), &table.row, &schema)
}

fn readable(api: &Api, id: &str, about: Option<&str>, row: &Row, schema: &Value) -> Value {
    let success = json!({
        "description": "What holds for the caller.",
        "headers": { "ETag": { "schema": { "type": "string" } } },
        "content": content(schema),
    });
    let mut operation = json!({
        "operationId": id,
        "summary": about,
        "security": security(api, false),
        "responses": answers(api, 200, success, &ALWAYS),
    });
    if let Some(source) = source(row) {
        operation["x-source"] = source;
    }
    json!({ "get": operation })
}

/// The object around an array, as a schema.
fn enveloped(envelope: &Envelope, array: Value) -> Value {
    let mut properties = json!({ &envelope.items: array });
    let counts = [&envelope.total, &envelope.pages, &envelope.page];
    for name in counts.into_iter().flatten() {
        properties[name] = json!({ "type": "integer", "minimum": 0 });
    }
    let names: Vec<String> = properties
        .as_object()
        .map(|map| map.keys().cloned().collect())
        .unwrap_or_default();
    let object = json!({ "type": "object", "required": names, "properties": properties });
    match envelope.when {
        EnvelopeWhen::Always => object,
        EnvelopeWhen::Paged => json!({ "oneOf": [array, object] }),
    }
}

fn responses(plan: &Plan<'_>, resource: &Resource, one: &Operation<'_>) -> Value {
    let object = reference(&resource.name);
    let tag = json!({ "ETag": { "schema": { "type": "string" } } });
    let (status, success) = match one.kind {
        Kind::List => {
            let headers = json!({
                "X-Total-Count": { "schema": { "type": "integer" } },
                "Link": { "schema": { "type": "string" } },
            });
            let array = json!({ "type": "array", "items": object });
            let envelope = resource
                .list
                .as_ref()
                .and_then(|list| list.envelope.as_ref());
            let array = match envelope {
                Some(envelope) => enveloped(envelope, array),
                None => array,
            };
            (
                200,
                json!({ "description": "The objects.", "headers": headers, "content": content(&array) }),
            )
        }
        Kind::Create => {
            let mut headers = tag;
            headers["Location"] = json!({ "schema": { "type": "string" } });
            let status = resource.create.as_ref().map_or(201, |create| create.status);
            (
                status,
                json!({ "description": "The new object.", "headers": headers, "content": content(&object) }),
            )
        }
        Kind::Delete => {
            let status = resource.delete.as_ref().map_or(204, |delete| delete.status);
            (status, json!({ "description": "The object is gone." }))
        }
        Kind::Get | Kind::Update | Kind::Append => (
            200,
            json!({ "description": "The object.", "headers": tag, "content": content(&object) }),
        ),
    };
    let mut refusals = ALWAYS.to_vec();
    refusals.push(Refusal::NotFound);
    let changes = matches!(one.kind, Kind::Update | Kind::Append | Kind::Delete);
    let writes = matches!(one.kind, Kind::Create | Kind::Update | Kind::Append);
    if changes || writes {
        refusals.push(Refusal::Conflict);
    }
    if changes {
        refusals.push(Refusal::Precondition);
    }
    if writes {
        refusals.extend(UNREADABLE);
        refusals.push(Refusal::Validation);
    }
    if changes && plan.api.switches.if_match == IfMatch::Required {
        refusals.push(Refusal::Unconditional);
    }
    answers(plan.api, status, success, &refusals)
}
