//! Delivery settings of a deployment.

use std::time::Duration;

use crate::watch::schedule::Schedule;

/// The policy for deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The waits between attempts.
    pub schedule: Schedule,
    /// The duration of a lease; longer than any attempt may take.
    pub lease: Duration,
    /// Maximum number of one watch's deliveries in progress at a time, from 1.
    pub slots: u32,
    /// How long all attempts of a watch may fail before it is disabled.
    pub patience: Duration,
    /// How long finished deliveries and those of disabled watches are kept.
    pub retention: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            schedule: Schedule::default(),
            lease: Duration::from_mins(2),
            slots: 8,
            patience: Duration::from_hours(5 * 24),
            retention: Duration::from_hours(10 * 24),
        }
    }
}
