//! Signing keys, created at the service: bodies can only name existing ones.

use fieldproof_spec::model::{Api, Type};
use serde_json::json;

use crate::harness::{CheckError, Harness, Pace, Request, RoleTokens, Unreachable};
use crate::options::Options;

/// The number of keys created: enough for lists with an order and for distinct values.
const SOME: usize = 2;

/// The API with new signing keys of the tenant of `tokens` that its watches can name;
/// without any if the service creates none.
///
/// # Errors
/// The service does not answer.
pub(crate) fn with_keys(
    api: &Api,
    options: &Options,
    tokens: &RoleTokens,
    pace: &Pace,
) -> Result<Api, Unreachable> {
    let mut own = api.clone();
    let path = path(api).filter(|_| options.writes);
    let Some(path) = path else {
        return Ok(own);
    };
    let harness = Harness::new(api, options, tokens, pace);
    let mut known = Vec::new();
    for _ in 0..SOME {
        let body = json!({ "name": "made by a conformance run", "algorithm": "hmac-sha256" });
        match harness.send(&Request::new("POST", path).json(&body)) {
            Ok(made) => known.extend(made.json()["id"].as_str().map(str::to_owned)),
            Err(CheckError::Unreachable(unreachable)) => return Err(unreachable),
            // If the answer is wrong, a check reports it.
            Err(_) => {}
        }
    }
    let resources = own.resources.iter_mut().flat_map(|one| &mut one.fields);
    let objects = own.objects.iter_mut().flat_map(|one| &mut one.fields);
    for field in resources.chain(objects) {
        if let Type::SigningKey(keys) = &mut field.ty {
            keys.clone_from(&known);
        }
    }
    Ok(own)
}

/// Deletes the keys that were created.
pub(crate) fn retire(api: &Api, options: &Options, tokens: &RoleTokens, pace: &Pace) {
    let Some(path) = path(api) else { return };
    let harness = Harness::new(api, options, tokens, pace);
    for key in known(api) {
        // If the service no longer answers, that was already reported.
        let _ = harness.send(&Request::new("DELETE", &format!("{path}/{key}")));
    }
}

/// The path where keys are created, if the API has one.
fn path(api: &Api) -> Option<&str> {
    let mut watches = api.resources.iter().filter_map(|one| one.watch.as_ref());
    watches.find_map(|watch| watch.keys.as_deref())
}

/// The keys that were created.
fn known(api: &Api) -> Vec<String> {
    let resources = api.resources.iter().flat_map(|one| &one.fields);
    let mut fields = resources.chain(api.objects.iter().flat_map(|one| &one.fields));
    let known = fields.find_map(|field| {
        let Type::SigningKey(keys) = &field.ty else {
            return None;
        };
        Some(keys.clone())
    });
    known.unwrap_or_default()
}
