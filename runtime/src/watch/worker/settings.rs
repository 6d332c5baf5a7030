//! Settings of deliveries.

use std::io;
use std::time::Duration;

use crate::watch::guard::{Cidr, Guard, own_addresses};
use crate::watch::machine::Policy;
use crate::watch::schedule::Schedule;

/// A deployment's settings for deliveries.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Private addresses that may be reached nevertheless.
    pub(crate) allow: Vec<Cidr>,
    /// The waits between attempts.
    pub(crate) schedule: Schedule,
    /// Timeout of an attempt.
    pub(crate) time_out: Duration,
}

impl Settings {
    /// The guard for addresses of receivers.
    ///
    /// # Errors
    /// The system does not report its addresses.
    pub(crate) fn guard(&self) -> io::Result<Guard> {
        Ok(Guard::new(self.allow.clone(), own_addresses()?))
    }

    /// The policy for deliveries. A lease outlasts an attempt that fetches a token, is refused
    /// and tries again with a new one.
    pub(super) fn policy(&self) -> Policy {
        Policy {
            schedule: self.schedule.clone(),
            lease: self.time_out * 5 + Duration::from_millis(500),
            ..Policy::default()
        }
    }
}
