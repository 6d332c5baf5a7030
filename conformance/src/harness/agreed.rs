//! Reads of an object, which show what the last answer to its write showed.

use fieldproof_spec::model::{Operation, Resource};
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
        let target = created::target(&request.path);
        let Some(matched) = match_route(self.api, &request.method, target) else {
            return;
        };
        let path = match matched.operation {
            Operation::Create => created::path(self.api, exchange, &self.base),
            Operation::Update | Operation::Append => Some(request.path.clone()),
            _ => None,
        };
        if let (Some(path), object @ Value::Object(_)) = (path, exchange.json()) {
            *self.answered.borrow_mut() = Some(Answered {
                path,
                object: lasting(matched.resource, object),
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
        let matched = match_route(self.api, "GET", created::target(&request.path));
        let Some(matched) = matched else {
            return Ok(());
        };
        last.is_read = true;
        let (shown, object) = (lasting(matched.resource, exchange.json()), &last.object);
        self.ensure(shown == *object, || {
            format!("a read shows {shown}, and the write before answered {object}")
        })
    }
}

/// What only a write changes: a service may switch off a watch whose receiver fails.
fn lasting(resource: &Resource, mut object: Value) -> Value {
    if let (Some(watch), Some(members)) = (&resource.watch, object.as_object_mut()) {
        let updated = resource.times.iter().map(|times| &times.updated);
        for name in watch.needs.keys().chain(updated) {
            members.remove(name);
        }
    }
    object
}
