//! Reads of an object, which show what the last answer to its write showed.

use std::collections::HashMap;

use fieldproof_spec::model::Operation;
use serde_json::Value;

use super::{CheckError, Exchange, Harness, Request, Role, created};
use crate::model::{RouteMatch, match_route};

/// What writes answered, by the path of their object.
pub(super) type Answers = HashMap<String, Value>;

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
            self.answers.borrow_mut().insert(path, object);
        }
    }

    /// Reads the object that the last write answered with, unless that was done.
    ///
    /// # Errors
    /// The read shows another object.
    pub(crate) fn read_last(&self) -> Result<(), CheckError> {
        let answers = self.answers.borrow();
        let last = answers.keys().next().cloned();
        drop(answers);
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
        let answers = self.answers.borrow();
        let Some(answered) = answers.get(&request.path) else {
            return Ok(());
        };
        let shown = exchange.json();
        self.ensure(shown == *answered, || {
            format!("a read shows {shown}, and the write before answered {answered}")
        })
    }
}
