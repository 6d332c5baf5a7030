//! Where the service sends notifications to.

use super::receiver::{Inbox, Receiver};
use super::{CheckError, Harness};

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
}
