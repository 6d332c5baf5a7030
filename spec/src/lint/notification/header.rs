//! Header fields of notifications.

use super::super::header::is_token;
use super::found::Found;
use crate::syntax::{Notification, Resource, Role, Spec};

/// Header fields that HTTP or the sender needs, a `-` at the end for all that begin so.
const NEEDED: [&str; 13] = [
    "host",
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "expect",
    "date",
    "authorization",
    "user-agent",
    "content-",
    "proxy-",
];

/// Every header field with the keys that name it.
fn headers(own: &Notification) -> [(Vec<&'static str>, Option<&str>); 5] {
    let named = own.headers.as_ref();
    let signature = own.signature.as_ref();
    [
        (
            vec!["headers", "event"],
            named.and_then(|one| one.event.as_deref()),
        ),
        (
            vec!["headers", "object"],
            named.and_then(|one| one.object.as_deref()),
        ),
        (
            vec!["headers", "id"],
            named.and_then(|one| one.id.as_deref()),
        ),
        (
            vec!["headers", "timestamp"],
            named.and_then(|one| one.timestamp.as_deref()),
        ),
        (
            vec!["signature", "in"],
            signature.and_then(|one| one.header.as_deref()),
        ),
    ]
}

pub(super) fn of_headers(own: &Notification, found: &mut Vec<Found>) {
    let all = headers(own);
    let mut seen: Vec<(String, &'static str)> = Vec::new();
    for (keys, name) in all {
        let Some(name) = name else { continue };
        let low = name.to_ascii_lowercase();
        let needed = |one: &&&str| match one.strip_suffix('-') {
            Some(_) => low.starts_with(**one),
            None => low == ***one,
        };
        let last = keys.last().copied().unwrap_or_default();
        if !is_token(name) {
            let message = format!("`{name}` cannot name a header");
            found.push((keys, message, "use letters, digits and `-`"));
        } else if NEEDED.iter().any(|one| needed(&one)) {
            let message = format!("`{name}` is for HTTP and the sender");
            found.push((keys, message, "choose another name, such as `X-Event`"));
        } else if let Some((_, other)) = seen.iter().find(|(one, _)| *one == low) {
            let message = format!("`{name}` is the header of `{other}` already");
            found.push((keys, message, "choose another name"));
        }
        seen.push((low, last));
    }
}

/// Notifications without a body that do not say what they are about.
pub(super) fn bare(spec: &Spec, resource: &Resource, own: &Notification, found: &mut Vec<Found>) {
    let Some(headers) = &own.headers else { return };
    let silent = headers.event.is_none() || headers.object.is_none();
    let mut methods = spec.with_role(resource, Role::Method).into_iter();
    let deletes = methods.any(|field| field.values.iter().any(|one| one == "DELETE"));
    if silent && deletes {
        let message = "a notification by DELETE has no body that says what it is about".to_owned();
        found.push((
            vec!["headers"],
            message,
            "name headers with `event` and `object`",
        ));
    }
}
