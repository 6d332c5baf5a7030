//! What stands between the wire and the model.

use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::model::{Notification, Reply, Request, Service};

/// Header fields in the order they are sent in.
pub(crate) type Headers = Vec<(String, String)>;

/// What stands between the wire and the model: it sees each request before the model does
/// and each answer after it, and notifications on their way out. By default it passes on
/// whatever comes.
pub(crate) trait Front: Debug + Send + Sync {
    /// Answers a request while no other one is answered.
    fn answer(&self, model: &mut Service, request: Request) -> Reply {
        model.serve(request)
    }

    /// Answers a request of a model that others ask as well.
    fn serve(&self, shared: &Mutex<Service>, request: Request) -> Reply {
        self.answer(&mut lock(shared), request)
    }

    /// The notifications that go out, of those that wait.
    fn outgoing(&self, waiting: Vec<Notification>) -> Vec<Notification> {
        waiting
    }

    /// The header fields that a notification is sent with.
    fn headers(&self, _one: &Notification, headers: Headers) -> Headers {
        headers
    }
}

/// A front that passes on whatever comes.
#[derive(Debug)]
pub(crate) struct Open;

impl Front for Open {}

/// The model, when nobody else asks it.
pub(crate) fn lock(shared: &Mutex<Service>) -> MutexGuard<'_, Service> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
