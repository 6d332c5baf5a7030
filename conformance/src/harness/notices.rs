//! Notifications of the service, as received by the suite.

use serde_json::Value;

use super::receiver::{Inbox, Receiver};
use super::{CheckError, Harness};
use crate::model::Request;

/// A received notification.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    /// The name of the event.
    pub(crate) event: String,
    /// The identifier of the object.
    pub(crate) object: String,
    /// The identifier of the notification, equal for all attempts.
    pub(crate) id: String,
    /// The request that delivered it.
    pub(crate) request: Request,
}

impl Notice {
    fn of(request: &Request) -> Self {
        let header = |name: &str| request.headers.get(name).cloned().unwrap_or_default();
        Self {
            event: header("x-watch-event"),
            object: header("x-watch-resource-id"),
            id: header("webhook-id"),
            request: request.clone(),
        }
    }

    /// A header field.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.request.headers.get(name).map(String::as_str)
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.request.body).unwrap_or_default()
    }
}

impl Harness<'_> {
    /// The server that receives notifications.
    pub(crate) fn receiver(&self) -> Option<&Receiver> {
        self.receiver
    }

    /// A new inbox that the service can send to.
    ///
    /// # Errors
    /// The service cannot send to this machine.
    pub(crate) fn inbox(&self) -> Result<Inbox, CheckError> {
        let Some(receiver) = self.receiver else {
            let why = "the service cannot send to this machine; see --receiver";
            return Err(CheckError::Skip(why.to_owned()));
        };
        let failed = |error| CheckError::Inconclusive(format!("no receiver can listen: {error}"));
        receiver.inbox(&self.word()).map_err(failed)
    }

    /// How long to wait for a notification.
    pub(crate) fn patience(&self) -> std::time::Duration {
        self.notices
    }

    /// Waits for a notification of an event of an object; returns all notifications of this
    /// object so far, without repetitions.
    ///
    /// # Errors
    /// It does not arrive in time.
    pub(crate) fn notified(
        &self,
        inbox: &Inbox,
        object: &str,
        event: &str,
    ) -> Result<Vec<Notice>, CheckError> {
        let fits = |request: &Request| {
            let notice = Notice::of(request);
            notice.object == object && notice.event == event
        };
        if !inbox.wait(self.notices, |taken| taken.iter().any(fits)) {
            return self.fail(format!(
                "`{event}` of {object} is not sent to {}; may the service send there?",
                inbox.url
            ));
        }
        Ok(self.notified_so_far(inbox, object))
    }

    /// Waits for `count` notifications of an object; returns those that arrived, without
    /// repetitions.
    pub(crate) fn notified_in_all(&self, inbox: &Inbox, object: &str, count: usize) -> Vec<Notice> {
        let enough = |taken: &[Request]| once(taken, object).len() >= count;
        inbox.wait(self.notices, enough);
        self.notified_so_far(inbox, object)
    }

    /// The notifications of an object that arrived so far, without repetitions.
    pub(crate) fn notified_so_far(&self, inbox: &Inbox, object: &str) -> Vec<Notice> {
        once(&inbox.taken(), object)
    }
}

/// Notifications of an object, each once.
fn once(all: &[Request], object: &str) -> Vec<Notice> {
    let mut own: Vec<Notice> = all.iter().map(Notice::of).collect();
    own.retain(|one| one.object == object);
    let mut seen = Vec::new();
    own.retain(|one| {
        let new = !seen.contains(&one.id);
        seen.push(one.id.clone());
        new
    });
    own
}
