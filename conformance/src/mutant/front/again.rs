//! Mutations that lift refusals: the model is asked again, without what it refused.

use fieldproof_spec::model::{Api, Operation, Type};
use serde_json::Value;

use super::context::RequestContext;
use super::{MutatedFront, body};
use crate::model::{Reply, Request, Service, decode};
use crate::mutant::mutation::Operator;

impl MutatedFront {
    /// The answer in place of a refusal that the mutant does not make.
    pub(super) fn asked_again(
        &self,
        model: &mut Service,
        context: &RequestContext<'_>,
        request: &Request,
        reply: Reply,
    ) -> Reply {
        let (status, codes) = (reply.status, errors(&reply));
        let mut ask = |other: Request| model.serve(other);
        match (self.mutation.operator, context.operator) {
            (Operator::TokenIgnored, Some(_)) if status == 401 => ask(as_main(request)),
            (Operator::ScopeIgnored, Some(_)) if status == 403 => ask(as_main(request)),
            (Operator::ScopeLate, Some(_)) if matches!(status, 401 | 403) => {
                // The answer that an authorized caller would get.
                let found = model.clone().serve(as_main(request));
                match found.status {
                    404 => found,
                    _ => reply,
                }
            }
            (Operator::PairIgnored, Some(_)) if status == 401 => {
                let other = Self::paired(model.api(), request.clone());
                model.serve(other)
            }
            (Operator::MediaIgnored, Some(_)) if status == 415 => {
                let mut other = request.clone();
                let label = ("content-type".to_owned(), "application/json".to_owned());
                other.headers.extend([label]);
                ask(other)
            }
            (Operator::ParameterIgnored, Some(_)) if status == 400 => {
                let names = named(&codes, "parameter", "unknown_parameter");
                match names.is_empty() {
                    true => reply,
                    false => ask(without_parameters(request, &names)),
                }
            }
            (Operator::AppendTakesAll, _)
                if context.is(Operation::Append) && context.near.is_some() =>
            {
                self.without(model, request, reply, "not_appended", |_| true)
            }
            (Operator::MentionIgnored, _) if context.writes() && context.near.is_some() => {
                let member = format!("/{}/", self.mutation.member);
                self.without(model, request, reply, "not_a_value", |pointer| {
                    pointer.starts_with(&member)
                })
            }
            (Operator::InsideTaken, _) if context.writes() && context.near.is_some() => {
                let member = format!("/{}/", self.mutation.member);
                self.without(model, request, reply, "read_only", |pointer| {
                    pointer.starts_with(&member)
                })
            }
            (Operator::AliasTwice, Some(_)) if context.is_alias && status < 300 => {
                ask(request.clone());
                reply
            }
            (Operator::HalfKept, _) if context.is(Operation::Create) && status >= 400 => {
                self.keep_half(model, context, request);
                reply
            }
            _ => reply,
        }
    }

    /// The answer to the body without the parts that were refused with `code`, if nothing
    /// else was refused.
    fn without(
        &self,
        model: &mut Service,
        request: &Request,
        reply: Reply,
        code: &str,
        takes: impl Fn(&str) -> bool,
    ) -> Reply {
        let errors = errors(&reply);
        let mut places = named(&errors, "pointer", code);
        places.retain(|context| takes(context));
        if places.is_empty() {
            return reply;
        }
        let whole = self.mutation.operator == Operator::MentionIgnored;
        model.serve(Request {
            body: body::without(&request.body, &places, whole),
            ..request.clone()
        })
    }

    /// Stores the parent of a refused create, without the children sent with it.
    fn keep_half(&self, model: &mut Service, context: &RequestContext<'_>, request: &Request) {
        let api = model.api().clone();
        let Some(parent) = context
            .resource
            .filter(|one| self.is_parent(&api, &one.name))
        else {
            return;
        };
        let fields = parent.fields.iter();
        let children = fields.filter(|field| matches!(field.ty, Type::Child(_)));
        let places: Vec<String> = children.map(|field| format!("/{}", field.name)).collect();
        model.serve(Request {
            body: body::without(&request.body, &places, false),
            ..request.clone()
        });
    }

    /// Whether the broken promise is about children of this resource.
    fn is_parent(&self, api: &Api, resource: &str) -> bool {
        let mut children = api.children(resource);
        children.any(|child| child.name == self.mutation.resource)
    }
}

/// The request with the token of a caller who may do everything.
fn as_main(request: &Request) -> Request {
    let mut request = request.clone();
    let token = ("authorization".to_owned(), "Bearer main".to_owned());
    request.headers.extend([token]);
    request
}

/// The request without query parameters of these names.
fn without_parameters(request: &Request, names: &[String]) -> Request {
    let kept = request.query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        decode(name).is_none_or(|name| !names.contains(&name))
    });
    Request {
        query: kept.collect::<Vec<_>>().join("&"),
        ..request.clone()
    }
}

/// The violations in the answer.
fn errors(reply: &Reply) -> Vec<Value> {
    let body: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    body["errors"].as_array().cloned().unwrap_or_default()
}

/// The values of `member`, such as pointers or parameters, of violations with `code`.
fn named(errors: &[Value], member: &str, code: &str) -> Vec<String> {
    let errors = errors.iter().filter(|error| error["code"] == code);
    let named = errors.filter_map(|error| error[member].as_str());
    named.map(str::to_owned).collect()
}
