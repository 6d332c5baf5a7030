//! The object that a request created.

use fieldproof_spec::model::{Api, Operation};

use super::Exchange;
use crate::model::{match_route, path as path_of};

/// The path, below the base, of the object that an exchange created: from the identifier in
/// the answer, otherwise from `Location`.
pub(super) fn path(api: &Api, exchange: &Exchange, base: &str) -> Option<String> {
    if !(200..300).contains(&exchange.status) || exchange.body.is_none() {
        return None;
    }
    let target = target(&exchange.url).strip_prefix(base)?;
    let shown = match_route(api, &exchange.method, target)
        .filter(|matched| matched.operation == Operation::Create)
        .and_then(|matched| {
            let mut ids = matched.ids;
            ids.push(matched.resource.id_of(&exchange.json())?);
            Some(path_of(matched.resource, &ids))
        });
    let told = exchange.header("location").map(target_of);
    shown.or_else(|| told?.strip_prefix(base).map(str::to_owned))
}

/// The path of a URL.
pub(super) fn target(url: &str) -> &str {
    let path = target_of(url);
    path.split(['?', '#']).next().unwrap_or_default()
}

/// Everything after the host of a URL.
fn target_of(url: &str) -> &str {
    match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url,
    }
}
