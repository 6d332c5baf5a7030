//! Mutations of requests before the model reads them.

use fieldproof_spec::model::{Api, Operation, Verb};
use serde_json::Value;

use super::context::RequestContext;
use super::{MutatedFront, condition};
use crate::model::{Reply, Request, Service};
use crate::mutant::mutation::Operator;

impl MutatedFront {
    /// The request that the model gets in place of the original.
    pub(super) fn other_request(
        &self,
        context: &RequestContext<'_>,
        mut request: Request,
    ) -> Request {
        let Some(operator) = context.operator else {
            return request;
        };
        let headers = &mut request.headers;
        match operator {
            Operator::EncodingIgnored if context.is(Operation::List) => {
                request.query = request.query.replace('+', "%2B");
            }
            Operator::PutTakesAny if request.method == "PUT" => {
                let label = headers.get_mut("content-type");
                let label = label.filter(|label| label.ends_with("+json"));
                label
                    .into_iter()
                    .for_each(|label| "application/json".clone_into(label));
            }
            Operator::RangeTaken if request.method == "PUT" => {
                headers.remove("content-range");
            }
            Operator::TwiceTaken if context.writes() => {
                // Of a member that stands twice the last one is left.
                if let Ok(body) = serde_json::from_slice::<Value>(&request.body) {
                    request.body = body.to_string().into_bytes();
                }
            }
            Operator::AliasForgets if context.is_alias => forget(context, &mut request),
            Operator::MalformedTaken if context.writes() => {
                if serde_json::from_slice::<Value>(&request.body).is_err() {
                    request.body = b"{}".to_vec();
                }
            }
            operator => condition::apply(operator, context.operation, headers),
        }
        request
    }

    /// The request with the token as its client, a pair that the model accepts.
    pub(super) fn paired(api: &Api, mut request: Request) -> Request {
        if let Some(pair) = &api.auth_headers {
            let token = request.headers.get(&pair.token.to_lowercase()).cloned();
            let client = request.headers.get_mut(&pair.client.to_lowercase());
            for (token, client) in token.into_iter().zip(client) {
                *client = token;
            }
        }
        request
    }

    /// The answer to requests that do not reach the model: by an alias path or method that
    /// is missing.
    pub(super) fn unasked(
        &self,
        model: &mut Service,
        context: &RequestContext<'_>,
        request: &Request,
    ) -> Option<Reply> {
        let missing = context.is_alias && context.operator == Some(Operator::AliasMissing);
        // No operation uses this method, so the answer lists those that exist.
        missing.then(|| {
            model.serve(Request {
                method: "TRACE".to_owned(),
                ..request.clone()
            })
        })
    }
}

/// Leaves of a body what it cannot do without.
fn forget(context: &RequestContext<'_>, request: &mut Request) {
    let (Some(resource), Ok(Value::Object(mut body))) =
        (context.resource, serde_json::from_slice(&request.body))
    else {
        return;
    };
    let update = resource.update.as_ref();
    let verb = |one: &&Verb| one.as_str() == request.method;
    let verb = update.and_then(|update| update.verbs.iter().find(verb));
    let replaces = update
        .zip(verb)
        .is_some_and(|(one, verb)| one.replaces(*verb));
    let whole = context.is(Operation::Create) || replaces;
    let needs = |name: &str| resource.field(name).is_some_and(|one| one.required);
    body.retain(|name, _| whole && needs(name));
    request.body = Value::Object(body).to_string().into_bytes();
}
