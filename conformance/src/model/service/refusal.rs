//! Answers that refuse.

use serde_json::{Value, json};

use super::{Refusal, Reply, Request};
use crate::model::object::Violation;

/// Refuses every parameter: for operations that have none.
pub(super) fn refuse_query(request: &Request) -> Result<(), Refusal> {
    if request.query.is_empty() {
        return Ok(());
    }
    let names = request
        .query
        .split('&')
        .map(|pair| pair.split('=').next().unwrap_or_default());
    let errors = names.map(
        |name| json!({ "parameter": decode(name), "code": "unknown_parameter", "detail": "" }),
    );
    Err(refusal(400, "bad_query", errors.collect()))
}

/// Whether a condition names a tag; compared strongly, a weak one is another.
pub(super) fn names(header: Option<&String>, tag: &str, weak: bool) -> bool {
    let named = |header: &String| {
        let mut tags = header.split(',').map(str::trim);
        tags.any(|one| {
            let plain = one.strip_prefix("W/").filter(|_| weak).unwrap_or(one);
            one == "*" || plain == tag
        })
    };
    header.is_some_and(named)
}

/// Names and values of a query.
pub(super) fn pairs(query: &str) -> Result<Vec<(String, String)>, Refusal> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Some((decode(name)?, decode(value)?))
    };
    let all: Option<Vec<_>> = parts.map(pair).collect();
    all.ok_or_else(|| problem(400, "bad_query", &[]))
}

/// Percent-decodes, `+` as a blank.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits).ok()?.to_owned();
                bytes.push(u8::from_str_radix(&digits, 16).ok()?);
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

pub(super) fn errors(found: &[Violation]) -> Vec<Value> {
    found
        .iter()
        .map(|one| json!({ "pointer": one.pointer, "code": one.code, "detail": "" }))
        .collect()
}

pub(super) fn problem(status: u16, code: &str, found: &[Violation]) -> Refusal {
    refusal(status, code, errors(found))
}

pub(super) fn refusal(status: u16, code: &str, errors: Vec<Value>) -> Refusal {
    let mut body = json!({ "type": format!("/problems/{code}"), "title": code, "status": status, "detail": "" });
    if !errors.is_empty() {
        body["errors"] = errors.into();
    }
    Box::new(Reply {
        status,
        headers: vec![(
            "content-type".to_owned(),
            "application/problem+json".to_owned(),
        )],
        body: body.to_string(),
    })
}
