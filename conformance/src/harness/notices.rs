//! Notifications of the service, as the suite's receiver gets them.

use serde_json::Value;

use super::receiver::{Inbox, Receiver};
use super::{CheckError, Harness};
use crate::model::Request;

/// A notification that came.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    /// What happened.
    pub(crate) event: String,
    /// The object it happened to.
    pub(crate) object: String,
    /// The same for each attempt.
    pub(crate) id: String,
    /// The request as it came.
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
    /// Where services send to.
    pub(crate) fn receiver(&self) -> Option<&Receiver> {
        self.receiver
    }

    /// A place of its own where the service can send to.
    ///
    /// # Errors
    /// A service that cannot send to this machine.
    pub(crate) fn inbox(&self) -> Result<Inbox, CheckError> {
        let Some(receiver) = self.receiver else {
            let why = "the service cannot send to this machine; see --receiver";
            return Err(CheckError::Skip(why.to_owned()));
        };
        let failed = |error| CheckError::Inconclusive(format!("no receiver can listen: {error}"));
        receiver.inbox(&self.word()).map_err(failed)
    }

    /// How long a notification may take.
    pub(crate) fn patience(&self) -> std::time::Duration {
        self.notices
    }

    /// Waits for a notification of an event of an object; what came so far,
    /// without what is of other objects, and without repetitions.
    ///
    /// # Errors
    /// It does not come in time.
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

    /// Waits for so many notifications of an object; what came until then, without
    /// repetitions.
    pub(crate) fn notified_in_all(&self, inbox: &Inbox, object: &str, count: usize) -> Vec<Notice> {
        let enough = |taken: &[Request]| once(taken, object).len() >= count;
        inbox.wait(self.notices, enough);
        self.notified_so_far(inbox, object)
    }

    /// What came so far of an object, without repetitions.
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
