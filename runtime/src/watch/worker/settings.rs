//! Settings of deliveries.

use std::io;
use std::time::Duration;

use crate::watch::guard::{Cidr, Guard, own_addresses};
use crate::watch::machine::Policy;
use crate::watch::schedule::Schedule;

/// What a deployment says about deliveries.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Private addresses that may be reached all the same.
    pub(crate) allow: Vec<Cidr>,
    /// The waits between attempts.
    pub(crate) schedule: Schedule,
    /// How long an attempt may take.
    pub(crate) time_out: Duration,
}

impl Settings {
    /// What may be reached.
    ///
    /// # Errors
    /// A system that does not tell its addresses.
    pub(crate) fn guard(&self) -> io::Result<Guard> {
        Ok(Guard::new(self.allow.clone(), own_addresses()?))
    }

    /// How deliveries are made. A lease outlasts an attempt that asks for a
    /// token, is refused, and asks again.
    pub(super) fn policy(&self) -> Policy {
        Policy {
            schedule: self.schedule.clone(),
            lease: self.time_out * 5 + Duration::from_millis(500),
            ..Policy::default()
        }
    }
}
