//! Creates that are sent again under the same `Idempotency-Key`.

use fieldproof_spec::model::{IdempotencyKeys, Resource};

use super::refusal::problem;
use super::{Refusal, Reply, Request, Service};
use crate::model::semantics::Repetition;

/// A create that named itself, and its answer.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    key: String,
    /// The credentials of the caller.
    caller: Option<String>,
    path: String,
    sent: (String, Vec<u8>),
    reply: Reply,
}

impl Service {
    /// The answer to a create that was sent before; `None` if it has to be made.
    pub(super) fn repeated(
        &self,
        resource: &Resource,
        request: &Request,
    ) -> Result<Option<Reply>, Refusal> {
        let Some(key) = self.idempotency_key(request)? else {
            return Ok(None);
        };
        let caller = request.headers.get("authorization");
        let found = self.kept.iter().find(|kept| {
            let own = kept.caller.as_ref() == caller;
            kept.key == key && kept.path == request.path && self.semantics.owns_key(resource, own)
        });
        let Some(kept) = found else { return Ok(None) };
        let same = kept.sent == sent(request);
        match self.semantics.repetition(resource, same) {
            Repetition::Answered => Ok(Some(kept.reply.clone())),
            Repetition::Refused => Err(problem(422, "key_reused", &[])),
        }
    }

    /// Keeps the answer to a create that names itself.
    pub(super) fn keep(&mut self, request: &Request, reply: &Reply) -> Result<(), Refusal> {
        let Some(key) = self.idempotency_key(request)? else {
            return Ok(());
        };
        self.kept.push(Kept {
            key,
            caller: request.headers.get("authorization").cloned(),
            path: request.path.clone(),
            sent: sent(request),
            reply: reply.clone(),
        });
        Ok(())
    }

    fn idempotency_key(&self, request: &Request) -> Result<Option<String>, Refusal> {
        let honoured = self.api.dialect.idempotency_keys.value == IdempotencyKeys::Honoured;
        let key = request.headers.get("idempotency-key");
        let Some(key) = key.filter(|_| honoured && request.method == "POST") else {
            return Ok(None);
        };
        match (1..=255).contains(&key.len()) {
            true => Ok(Some(key.clone())),
            false => Err(problem(400, "bad_header", &[])),
        }
    }
}

fn sent(request: &Request) -> (String, Vec<u8>) {
    (request.query.clone(), request.body.clone())
}
