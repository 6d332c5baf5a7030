//! Request bodies, responses and security of operations.

use fieldproof_spec::model::{Api, Credentials, Refusal, RefusalBody, Sent, Validators};
use serde_json::{Map, Value, json};

use crate::shape::reference;

/// Refusals of a body that cannot be read, before its rules are checked.
pub(super) const UNREADABLE: [Refusal; 2] = [Refusal::TooLarge, Refusal::MediaType];

/// Refusals that every operation may return.
pub(super) const ALWAYS: [Refusal; 4] = [
    Refusal::Malformed,
    Refusal::Query,
    Refusal::Unauthenticated,
    Refusal::Forbidden,
];

/// A JSON body with this schema.
pub(super) fn content(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

/// A successful response and the given refusals.
pub(super) fn responses(api: &Api, status: u16, success: Value, refusals: &[Refusal]) -> Value {
    let mut responses = json!({ status.to_string(): told(api, success) });
    for kind in refusals.iter().filter(|kind| is_met(api, **kind)) {
        let status = api.dialect.status(*kind).value;
        responses[status.to_string()] = refusal(api);
    }
    responses
}

/// Whether a service with this dialect returns refusals of this kind.
fn is_met(api: &Api, kind: Refusal) -> bool {
    let anybody = api.credentials == Credentials::None;
    let bound = api.resources.iter().any(|one| one.bound.is_some());
    let validators = api.dialect.validators.value == Validators::Strong;
    match kind {
        Refusal::Unauthenticated => !anybody,
        Refusal::Forbidden => !anybody && api.scoped || bound,
        Refusal::Precondition | Refusal::Unconditional => validators,
        Refusal::Validation
        | Refusal::Malformed
        | Refusal::MediaType
        | Refusal::TooLarge
        | Refusal::Query
        | Refusal::NotFound
        | Refusal::Method
        | Refusal::Conflict => true,
    }
}

/// A successful response, with only the headers that the service sends.
fn told(api: &Api, mut success: Value) -> Value {
    let dialect = &api.dialect;
    let silent = [
        ("ETag", dialect.validators.value == Validators::None),
        ("Location", dialect.location.value == Sent::None),
        ("X-Total-Count", dialect.total.value == Sent::None),
        ("Link", dialect.links.value == Sent::None),
    ];
    let Some(headers) = success.get_mut("headers").and_then(Value::as_object_mut) else {
        return success;
    };
    headers.retain(|name, _| !silent.iter().any(|(own, silent)| *silent && own == name));
    if let (true, Some(success)) = (headers.is_empty(), success.as_object_mut()) {
        success.shift_remove("headers");
    }
    success
}

/// The response of a refusal.
fn refusal(api: &Api) -> Value {
    let media = match &api.dialect.refusals.value {
        RefusalBody::Problem => "application/problem+json",
        RefusalBody::Own(own) => &own.media,
    };
    json!({
        "description": "Why the request is refused.",
        "content": { media: { "schema": reference("Problem") } },
    })
}

/// The ways to authenticate, each with the required scope: that of the API, or its `read` or
/// `write` half. For schemes without scopes of their own the list may name roles (OpenAPI 3.1,
/// Security Requirement Object).
pub(super) fn security(api: &Api, writes: bool) -> Value {
    let half = if writes { "write" } else { "read" };
    let scope = format!("{}:{half}", api.scope);
    let scopes = match api.scoped {
        true => vec![scope],
        false => Vec::new(),
    };
    ways(api, &json!(scopes)).into()
}

/// The ways to authenticate, with these scopes.
pub(super) fn ways(api: &Api, scopes: &Value) -> Vec<Value> {
    let mut ways = Vec::new();
    ways.extend(scheme(&api.credentials).map(|(name, _)| json!({ name: scopes })));
    if api.auth_headers.is_some() {
        ways.push(json!({ "token": scopes, "client": [] }));
    }
    ways
}

/// The security schemes by name.
pub(super) fn schemes(api: &Api) -> Map<String, Value> {
    let own = scheme(&api.credentials).map(|(name, scheme)| (name.to_owned(), scheme));
    let mut schemes: Map<String, Value> = own.into_iter().collect();
    if let Some(pair) = &api.auth_headers {
        let header = |name| json!({ "type": "apiKey", "in": "header", "name": name });
        schemes.insert("token".to_owned(), header(&pair.token));
        schemes.insert("client".to_owned(), header(&pair.client));
    }
    schemes
}

/// A security scheme and its name.
fn scheme(credentials: &Credentials) -> Option<(&'static str, Value)> {
    let key = |place: &str, name: &String| json!({ "type": "apiKey", "in": place, "name": name });
    Some(match credentials {
        Credentials::Bearer(word) => {
            let scheme = json!({ "type": "http", "scheme": word.to_lowercase() });
            ("bearer", scheme)
        }
        Credentials::Basic => ("basic", json!({ "type": "http", "scheme": "basic" })),
        Credentials::Header { name, prefix } => {
            let mut key = key("header", name);
            if !prefix.is_empty() {
                key["description"] = format!("The key stands behind `{prefix}`.").into();
            }
            ("key", key)
        }
        Credentials::Query(name) => ("key", key("query", name)),
        Credentials::Cookie(name) => ("key", key("cookie", name)),
        Credentials::None => return None,
    })
}
