//! Answers that refuse a request.

use serde_json::{Value, json};

use super::{Refusal, Reply, Request};
use crate::model::object::Violation;

/// Refuses all query parameters, for operations that have none.
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

/// The refusal of an unusable header.
pub(super) fn header(name: &str) -> Refusal {
    let error = json!({ "header": name, "code": "format", "detail": "" });
    refusal(400, "bad_header", vec![error])
}

/// Whether a condition lists a tag; weak tags only match if `weak`.
pub(super) fn names(header: Option<&String>, tag: &str, weak: bool) -> bool {
    let tags = header.and_then(|header| tags(header)).unwrap_or_default();
    tags.iter().any(|one| {
        let plain = one.strip_prefix("W/").filter(|_| weak).unwrap_or(one);
        one == "*" || plain == tag
    })
}

/// The entity tags of a list, or `*` alone; `None` if the header is malformed.
pub(super) fn tags(header: &str) -> Option<Vec<String>> {
    if header.trim() == "*" {
        return Some(vec!["*".to_owned()]);
    }
    let (mut tags, mut tag, mut quoted) = (Vec::new(), String::new(), false);
    for c in header.chars().chain([',']) {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                tags.push(std::mem::take(&mut tag).trim().to_owned());
                continue;
            }
            _ => {}
        }
        tag.push(c);
    }
    tags.retain(|tag| !tag.is_empty());
    let legal = |tag: &String| {
        let opaque = tag.strip_prefix("W/").unwrap_or(tag);
        let inner = opaque
            .strip_prefix('"')
            .and_then(|one| one.strip_suffix('"'));
        inner.is_some_and(|inner| !inner.contains([' ', '"', '\u{7f}', '\t']))
    };
    (!quoted && tags.iter().all(legal)).then_some(tags)
}

/// The decoded names and values of a query.
pub(super) fn pairs(query: &str) -> Result<Vec<(String, String)>, Refusal> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Some((decode(name)?, decode(value)?))
    };
    let all: Option<Vec<_>> = parts.map(pair).collect();
    all.ok_or_else(|| problem(400, "bad_query", &[]))
}

/// Percent-decodes a text, with `+` as a space.
pub(crate) fn decode(text: &str) -> Option<String> {
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
        .map(|one| json!({ "pointer": near(&one.pointer), "code": one.code, "detail": "" }))
        .collect()
}

/// The pointer, or, if it is too long, that of the closest enclosing value.
fn near(pointer: &str) -> &str {
    let mut near = pointer;
    while near.len() > 500 {
        near = near.rsplit_once('/').map_or("", |(above, _)| above);
    }
    near
}

pub(crate) fn problem(status: u16, code: &str, found: &[Violation]) -> Refusal {
    refusal(status, code, errors(found))
}

pub(super) fn refusal(status: u16, code: &str, errors: Vec<Value>) -> Refusal {
    let mut body = json!({ "type": format!("/problems/{code}"), "title": code, "status": status, "detail": "" });
    let (errors, more) = first(errors);
    if !errors.is_empty() {
        body["errors"] = errors.into();
    }
    if more > 0 {
        body["more"] = more.into();
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

/// The violations that fit into one answer, and the number of those left out.
fn first(errors: Vec<Value>) -> (Vec<Value>, usize) {
    let (all, mut length) = (errors.len(), 0);
    let fits = |error: &Value| {
        length += error.to_string().len();
        length < 56 << 10
    };
    let named: Vec<Value> = errors.into_iter().take(100).take_while(fits).collect();
    let more = all - named.len();
    (named, more)
}

/// An answer with a JSON body.
pub(super) fn json(status: u16, body: &Value) -> Reply {
    Reply {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn entity_tags_may_have_commas() {
        let read = |header: &str| tags(header).map(|all| all.join(" "));
        assert_eq!(read(r#""a,b", W/"c",,"#).as_deref(), Some(r#""a,b" W/"c""#));
        assert_eq!(read(" * ").as_deref(), Some("*"));
        for bad in [
            "a",
            r#"""#,
            r#""a"#,
            r#""a" "b""#,
            r#"*, "a""#,
            r#""a b""#,
            r#"W/ "a""#,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
