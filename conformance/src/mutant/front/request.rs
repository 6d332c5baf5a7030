//! Other requests: what a client says is read as something else.

use fieldproof_spec::model::{Api, Operation};
use serde_json::Value;

use super::context::RequestContext;
use super::{MutatedFront, condition};
use crate::model::{Reply, Request, Service};
use crate::mutant::mutation::Operator;

impl MutatedFront {
    /// The request that the model is asked in place of another.
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
            Operator::MalformedTaken if context.writes() => {
                if serde_json::from_slice::<Value>(&request.body).is_err() {
                    request.body = b"{}".to_vec();
                }
            }
            operator => condition::apply(operator, context.operation, headers),
        }
        request
    }

    /// The request with a client beside a token that it was given.
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

    /// The answer to what the model is not asked at all: another path or method of an
    /// operation that only the first one has.
    pub(super) fn unasked(
        &self,
        model: &mut Service,
        context: &RequestContext<'_>,
        request: &Request,
    ) -> Option<Reply> {
        let missing = context.is_alias && context.operator == Some(Operator::AliasMissing);
        // No operation is asked for by this method, so the answer names those that are.
        missing.then(|| {
            model.serve(Request {
                method: "TRACE".to_owned(),
                ..request.clone()
            })
        })
    }
}
