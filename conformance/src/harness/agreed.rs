//! Reads of an object, which show what the last answer to its write showed.

use fieldproof_spec::model::Operation;
use serde_json::Value;

use super::{CheckError, Exchange, Harness, Request, Role, created};
use crate::model::{RouteMatch, match_route};

/// What the last write answered.
#[derive(Debug)]
pub(super) struct Answered {
    path: String,
    object: Value,
    /// Whether a read has shown it.
    is_read: bool,
}

impl Harness<'_> {
    /// Remembers the object that answers a write, as long as nothing else is written.
    pub(super) fn note_answer(&self, request: &Request, exchange: &Exchange) {
        let path = match match_route(self.api, &request.method, created::target(&request.path)) {
            // What a watch shows of its service can change without a write.
            Some(matched) if matched.resource.watch.is_some() => None,
            Some(matched) => match matched.operation {
                Operation::Create => created::path(self.api, exchange, &self.base),
                Operation::Update | Operation::Append => Some(request.path.clone()),
                _ => None,
            },
            None => None,
        };
        if let (Some(path), object @ Value::Object(_)) = (path, exchange.json()) {
            *self.answered.borrow_mut() = Some(Answered {
                path,
                object,
                is_read: false,
            });
        }
    }

    /// Reads the object that the last write answered with, unless that was done.
    ///
    /// # Errors
    /// The read shows another object.
    pub(crate) fn read_last(&self) -> Result<(), CheckError> {
        let answered = self.answered.borrow();
        let last = answered.as_ref().filter(|one| !one.is_read);
        let last = last.map(|one| one.path.clone());
        drop(answered);
        let Some(path) = last else { return Ok(()) };
        let reads = |one: RouteMatch<'_>| one.operation == Operation::Get;
        match match_route(self.api, "GET", &path).is_some_and(reads) {
            true => self.expect(200, &Request::get(&path)).map(drop),
            false => Ok(()),
        }
    }

    /// A read shows what the last write answered, if nothing was written since.
    pub(super) fn judge_read(
        &self,
        request: &Request,
        exchange: &Exchange,
    ) -> Result<(), CheckError> {
        if request.method != "GET" || exchange.status != 200 || request.role != Role::Main {
            return Ok(());
        }
        let mut answered = self.answered.borrow_mut();
        let last = answered.as_mut().filter(|one| one.path == request.path);
        let Some(last) = last else {
            return Ok(());
        };
        last.is_read = true;
        let (shown, object) = (exchange.json(), &last.object);
        self.ensure(shown == *object, || {
            format!("a read shows {shown}, and the write before answered {object}")
        })
    }
}
