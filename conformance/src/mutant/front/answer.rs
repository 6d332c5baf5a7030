//! Other answers: what the model says goes out as something else.

use fieldproof_spec::model::{Api, Operation};
use serde_json::{Value, json};

use super::place::Place;
use super::{Bent, link, list};
use crate::model::{Reply, Request, decode};
use crate::mutant::mutation::Kind;

impl Bent {
    /// The answer that goes out in place of another.
    pub(super) fn other_answer(
        &self,
        api: &Api,
        place: &Place<'_>,
        request: &Request,
        mut reply: Reply,
    ) -> Reply {
        if let Some(kind) = place.kind {
            of_operation(kind, place, request, &mut reply);
        }
        if place.near == Some(Kind::MemberAdded) && reply.status < 400 {
            let id = place.resource.map_or("", |one| &one.id);
            edit(&mut reply, |body| add(body, id));
        }
        self.of_deployment(api, place, &mut reply);
        self.of_watch(api, place, request, &mut reply);
        reply
    }
}

/// Answers of an operation.
fn of_operation(kind: Kind, place: &Place<'_>, request: &Request, reply: &mut Reply) {
    let done = reply.status < 400;
    match kind {
        Kind::StatusWrong if done => reply.status = if reply.status == 200 { 202 } else { 200 },
        Kind::LocationMissing if done => drop_header(reply, "location"),
        Kind::EtagMissing if done => drop_header(reply, "etag"),
        Kind::LabelWrong if done => label(reply, "text/html"),
        Kind::UnknownUnnamed => drop_header(reply, "ignored-members"),
        Kind::UnknownRaw => {
            let named = reply.headers.iter_mut();
            for (_, names) in named.filter(|(name, _)| name == "ignored-members") {
                *names = decode(names).unwrap_or_default();
            }
        }
        Kind::HeadBare if request.method == "HEAD" => {
            reply.headers.retain(|(name, _)| name == "content-type");
        }
        Kind::AbsentAnswered if reply.status == 404 => {
            let kind = ("content-type".to_owned(), "application/json".to_owned());
            *reply = Reply {
                status: 200,
                headers: vec![kind],
                body: "{}".to_owned(),
            };
        }
        Kind::ProblemPlain if !done => label(reply, "application/json"),
        Kind::FormatsUnnamed if reply.status == 415 => {
            for name in ["accept", "accept-patch", "accept-post"] {
                drop_header(reply, name);
            }
        }
        kind if place.is(Operation::List) && reply.status == 200 => {
            if let Some(resource) = place.resource {
                list::bend(kind, resource, request, reply);
                link::bend(kind, resource, reply);
            }
        }
        _ => {}
    }
}

/// Drops a header field.
pub(super) fn drop_header(reply: &mut Reply, name: &str) {
    reply.headers.retain(|(own, _)| own != name);
}

/// Labels a body as something else.
fn label(reply: &mut Reply, kind: &str) {
    drop_header(reply, "content-type");
    let label = ("content-type".to_owned(), kind.to_owned());
    reply.headers.push(label);
}

/// Changes a body of JSON; any other stays as it is.
pub(super) fn edit(reply: &mut Reply, change: impl FnOnce(&mut Value)) {
    if let Ok(mut body) = serde_json::from_str(&reply.body) {
        change(&mut body);
        reply.body = body.to_string();
    }
}

/// Adds a member to every object with an identifier.
fn add(value: &mut Value, id: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| add(item, id)),
        Value::Object(map) => {
            map.values_mut().for_each(|value| add(value, id));
            if map.contains_key(id) {
                map.insert("undocumented".to_owned(), json!(1));
            }
        }
        _ => {}
    }
}
