//! Mutations of answers of the model before they are sent.

use fieldproof_spec::model::{Api, Operation};
use serde_json::{Map, Value, json};

use super::context::RequestContext;
use super::{MutatedFront, link, list};
use crate::model::{Reply, Request, decode};
use crate::mutant::mutation::Operator;

impl MutatedFront {
    /// The answer that is sent in place of the model's.
    pub(super) fn other_answer(
        &self,
        api: &Api,
        context: &RequestContext<'_>,
        request: &Request,
        mut reply: Reply,
    ) -> Reply {
        if let Some(operator) = context.operator {
            of_operation(operator, context, request, &mut reply);
        }
        if context.near == Some(Operator::MemberAdded) && reply.status < 400 {
            let id = context.resource.map_or("", |one| &one.id);
            edit(&mut reply, |body| add(body, id));
        }
        self.of_unknown(context, request, &mut reply);
        self.of_deployment(api, context, request, &mut reply);
        self.of_watch(api, context, request, &mut reply);
        reply
    }
}

/// Changes the answer of an operation.
fn of_operation(
    operator: Operator,
    context: &RequestContext<'_>,
    request: &Request,
    reply: &mut Reply,
) {
    let done = reply.status < 400;
    if !done {
        of_refusal(operator, reply);
    }
    match operator {
        Operator::StatusWrong if done => reply.status = if reply.status == 200 { 202 } else { 200 },
        Operator::LocationMissing if done => drop_header(reply, "location"),
        Operator::EtagMissing if done => drop_header(reply, "etag"),
        Operator::LabelWrong if done => label(reply, "text/html"),
        Operator::LabelTwice if done => {
            let again = ("content-type".to_owned(), "text/html".to_owned());
            reply.headers.push(again);
        }
        Operator::AnswerShort if done => edit(reply, |body| {
            let id = context.resource.map_or("", |one| &one.id);
            let object = body.as_object_mut();
            object.into_iter().for_each(|object| shorten(object, id));
        }),
        Operator::ChallengeMissing if reply.status == 401 => drop_header(reply, "www-authenticate"),
        Operator::OtherUserShort if done && is_of_other_user(request) => edit(reply, |body| {
            let id = context.resource.map_or("", |one| &one.id);
            each_object(body, &mut |one| shorten(one, id));
        }),
        Operator::UnknownInvented if done => {
            let other = ("ignored-members".to_owned(), "other".to_owned());
            reply.headers.push(other);
        }
        Operator::UnknownUnnamed => drop_header(reply, "ignored-members"),
        Operator::UnknownRaw => {
            let named = reply.headers.iter_mut();
            for (_, names) in named.filter(|(name, _)| name == "ignored-members") {
                *names = decode(names).unwrap_or_default();
            }
        }
        Operator::UnknownShown if done => shows_unknown(request, reply),
        Operator::HeadBare if request.method == "HEAD" => {
            reply.headers.retain(|(name, _)| name == "content-type");
        }
        Operator::AbsentAnswered if reply.status == 404 => {
            let content_type = ("content-type".to_owned(), "application/json".to_owned());
            *reply = Reply {
                status: 200,
                headers: vec![content_type],
                body: "{}".to_owned(),
            };
        }
        Operator::FormatsUnnamed if reply.status == 415 => {
            for name in ["accept", "accept-patch", "accept-post"] {
                drop_header(reply, name);
            }
        }
        operator if context.is(Operation::List) && reply.status == 200 => {
            if let Some(resource) = context.resource {
                list::apply(operator, resource, request, reply);
                link::apply(operator, resource, reply);
            }
        }
        _ => {}
    }
}

/// Mutations of refusals.
fn of_refusal(operator: Operator, reply: &mut Reply) {
    match operator {
        Operator::ProblemUnlisted => edit(reply, |body| {
            body["type"] = "/problems/other".into();
        }),
        Operator::CodeUnlisted => edit(reply, |body| {
            let errors = body.get_mut("errors").and_then(Value::as_array_mut);
            let codes = errors.into_iter().flatten();
            codes.for_each(|error| error["code"] = "other".into());
        }),
        Operator::ViolationsCut => edit(reply, |body| {
            let errors = body.get_mut("errors").and_then(Value::as_array_mut);
            errors.into_iter().for_each(|all| all.truncate(1));
        }),
        Operator::ViolationTwice => edit(reply, |body| {
            let errors = body.get_mut("errors").and_then(Value::as_array_mut);
            errors
                .into_iter()
                .for_each(|all| all.extend(all.last().cloned()));
        }),
        Operator::ProblemPlain => {
            label(reply, "text/plain");
            reply.body = "refused".to_owned();
        }
        _ => {}
    }
}

/// Removes a header field.
pub(super) fn drop_header(reply: &mut Reply, name: &str) {
    reply.headers.retain(|(own, _)| own != name);
}

/// Gives a body another content type.
fn label(reply: &mut Reply, media_type: &str) {
    drop_header(reply, "content-type");
    let label = ("content-type".to_owned(), media_type.to_owned());
    reply.headers.push(label);
}

/// Changes a JSON body; any other body is left alone.
pub(super) fn edit(reply: &mut Reply, change: impl FnOnce(&mut Value)) {
    if let Ok(mut body) = serde_json::from_str(&reply.body) {
        change(&mut body);
        reply.body = body.to_string();
    }
}

/// Removes the last member of an object, but never its identifier.
pub(super) fn shorten(object: &mut Map<String, Value>, id: &str) {
    let last = object.keys().rfind(|name| *name != id).cloned();
    last.into_iter().for_each(|name| {
        object.shift_remove(&name);
    });
}

/// Adds a member to every object that has an identifier.
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

/// Whether a request is of another user than the suite's own.
fn is_of_other_user(request: &Request) -> bool {
    let token = request.headers.get("authorization");
    token.is_some_and(|token| token.ends_with("other_user"))
}

/// Changes every object that stands in an answer by itself or in a list.
fn each_object(value: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, change)),
        Value::Object(map) => change(map),
        _ => {}
    }
}

/// Adds the members of the request body that the answer lacks.
fn shows_unknown(request: &Request, reply: &mut Reply) {
    let sent = serde_json::from_slice(&request.body);
    let shown = serde_json::from_str(&reply.body);
    if let (Ok(Value::Object(sent)), Ok(Value::Object(mut shown))) = (sent, shown) {
        for (name, value) in sent {
            shown.entry(name).or_insert(value);
        }
        reply.body = Value::Object(shown).to_string();
    }
}
