//! The layer between the wire and the model.

use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::model::{Notification, Reply, Request, Service};

/// Header fields in sending order.
pub(crate) type Headers = Vec<(String, String)>;

/// The layer between the wire and the model. It sees requests before and answers after the
/// model, and notifications before they are sent. By default it changes nothing.
pub(crate) trait Front: Debug + Send + Sync {
    /// Answers a request while no other request is answered.
    fn answer(&self, model: &mut Service, request: Request) -> Reply {
        model.serve(request)
    }

    /// Answers a request of a model that is shared by several threads.
    fn serve(&self, shared: &Mutex<Service>, request: Request) -> Reply {
        self.answer(&mut lock(shared), request)
    }

    /// The notifications to send, from those that wait.
    fn outgoing(&self, waiting: Vec<Notification>) -> Vec<Notification> {
        waiting
    }

    /// The header fields of a notification.
    fn headers(&self, _one: &Notification, headers: Headers) -> Headers {
        headers
    }
}

/// A front that changes nothing.
#[derive(Debug)]
pub(crate) struct Open;

impl Front for Open {}

/// Locks the model for exclusive use.
pub(crate) fn lock(shared: &Mutex<Service>) -> MutexGuard<'_, Service> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
