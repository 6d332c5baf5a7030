//! Bodies, answers, and who may ask.

use fieldproof_spec::model::Api;
use serde_json::{Value, json};

use crate::shape::reference;

/// A body of JSON.
pub(super) fn content(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

/// An answer of success beside answers that refuse.
pub(super) fn responses(status: u16, success: &Value, refusals: &[u16]) -> Value {
    let mut responses = json!({ status.to_string(): success });
    for status in refusals {
        responses[status.to_string()] = problem();
    }
    responses
}

/// The answer that refuses.
fn problem() -> Value {
    json!({
        "description": "Why the request is refused.",
        "content": { "application/problem+json": { "schema": reference("Problem") } },
    })
}

/// The ways to say who calls, each with the scope that is needed: the one of
/// the API, or its half. Schemes that have no scopes of their own may name
/// roles (OpenAPI 3.1, Security Requirement Object).
pub(super) fn security(api: &Api, writes: bool) -> Value {
    let half = if writes { "write" } else { "read" };
    let scope = format!("{}:{half}", api.scope);
    let mut ways = vec![json!({ "bearer": [scope] })];
    if api.auth_headers.is_some() {
        ways.push(json!({ "token": [scope], "client": [] }));
    }
    ways.into()
}
