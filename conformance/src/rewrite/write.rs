//! Changes with another effect than their answer says: they are not performed, undone,
//! performed twice, or performed on another object.

use std::io::Result;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};

use super::apply::{Ask, noted};
use super::memory::Memory;
use super::message::{Request, Response};
use super::operator::Operator;
use super::rule::Rewrite;

/// Whether an operator is one of these.
pub(super) fn is(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Swallowed | Operator::Undone | Operator::Doubled | Operator::Elsewhere
    )
}

/// The answer to a change, and whether its effect was altered.
pub(super) fn apply(
    rewrite: &Rewrite,
    route: &str,
    request: &Request,
    shared: &Mutex<Memory>,
    ask: Ask<'_>,
) -> Result<(Response, bool)> {
    let known = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    match rewrite.operator {
        Operator::Swallowed => {
            // A change that names a version would be refused on another object.
            let plain = request
                .field("if-match")
                .is_none_or(|version| version == "*");
            let there = plain && ask(&read(request))?.is_success();
            if there && known().turn(rewrite.each) {
                return Ok((bare(&rewrite.name), true));
            }
            Ok((noted(route, request, shared, ask)?, false))
        }
        Operator::Elsewhere => {
            let other = known().another(route, request);
            let turn = other.is_some() && known().turn(rewrite.each);
            let mut sent = request.clone();
            if let Some((other, _)) = other.filter(|_| turn) {
                sent.target = other.target;
            }
            Ok((noted(route, &sent, shared, ask)?, sent != *request))
        }
        Operator::Doubled => {
            let response = noted(route, request, shared, ask)?;
            if !response.is_success() || !known().turn(rewrite.each) {
                return Ok((response, false));
            }
            let again = noted(route, request, shared, ask)?;
            Ok((response, again.is_success()))
        }
        _ => {
            let before = match request.method.as_str() {
                "POST" => None,
                _ => ask(&read(request))?.json(),
            };
            let response = noted(route, request, shared, ask)?;
            if !response.is_success() || !known().turn(rewrite.each) {
                return Ok((response, false));
            }
            let back = match request.method.as_str() {
                "POST" => response.field("location").map(|path| remove(request, path)),
                _ => restore(request, before),
            };
            let back = match back {
                Some(back) => noted(route, &back, shared, ask)?.is_success(),
                None => false,
            };
            Ok((response, back))
        }
    }
}

/// An answer with only a status.
fn bare(status: &str) -> Response {
    Response {
        status: status.parse().unwrap_or(204),
        ..Response::default()
    }
}

/// Header fields that concern one body or one version.
const OF_ONE: &[&str] = &[
    "content-length",
    "content-type",
    "expect",
    "if-match",
    "if-none-match",
    "transfer-encoding",
];

/// A request with the credentials of the same caller.
fn by_same(request: &Request, method: &str, target: &str) -> Request {
    let of_one = |name: &str| OF_ONE.iter().any(|one| name.eq_ignore_ascii_case(one));
    let kept = request.fields.iter().filter(|(name, _)| !of_one(name));
    Request {
        method: method.to_owned(),
        target: target.to_owned(),
        fields: kept.cloned().collect(),
        body: Vec::new(),
    }
}

fn read(request: &Request) -> Request {
    by_same(request, "GET", request.path())
}

/// A request that removes the object at a path.
pub(super) fn remove(request: &Request, path: &str) -> Request {
    let mut remove = by_same(request, "DELETE", path);
    remove.fields.push(("if-match".to_owned(), "*".to_owned()));
    remove
}

/// The change that restores the previous values.
fn restore(request: &Request, before: Option<Value>) -> Option<Request> {
    let (before, sent) = (before?, request.json()?);
    let kept = sent.as_object()?.keys().filter_map(|name| {
        let old = before.get(name)?;
        Some((name.clone(), old.clone()))
    });
    let kept: Map<String, Value> = kept.collect();
    if kept.is_empty() {
        return None;
    }
    let mut back = by_same(request, &request.method, &request.target);
    let operator = request.field("content-type").unwrap_or("application/json");
    back.fields
        .push(("content-type".to_owned(), operator.to_owned()));
    back.fields.push(("if-match".to_owned(), "*".to_owned()));
    back.body = Value::Object(kept).to_string().into_bytes();
    Some(back)
}
