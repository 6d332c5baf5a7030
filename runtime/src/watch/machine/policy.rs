//! What a deployment chooses.

use std::time::Duration;

use crate::watch::schedule::Schedule;

/// How deliveries are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The waits between attempts.
    pub schedule: Schedule,
    /// How long a claim holds; longer than any attempt may take.
    pub lease: Duration,
    /// Most deliveries of one watch that are on their way at a time, from 1.
    pub slots: u32,
    /// How long every attempt of a watch may fail before it is disabled.
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
