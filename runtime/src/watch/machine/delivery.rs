//! One notification to one watch.

use crate::value::Instant;

/// A notification of one change to one watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its identifier, the `webhook-id` of every attempt.
    pub id: String,
    /// The name of the watch, unique across tenants.
    pub watch: String,
    /// The object that changed, unique for the watch.
    pub object: String,
    /// The number of the change.
    pub number: u64,
    /// Its state.
    pub state: DeliveryState,
    /// Whether it is the next one for its object; only then it can be claimed.
    pub head: bool,
    /// When it is due; while it is in progress, the end of its lease.
    pub due: Instant,
    /// Number of failed attempts since it was enqueued or last redelivered.
    pub failed: u32,
    /// The lease of the owner that is sending it.
    pub lease: Option<Lease>,
    /// Number of claims so far: only the claim with this number may settle it.
    pub fence: u64,
    /// Why the last attempt failed.
    pub reason: Option<String>,
    /// When the change was made.
    pub created: Instant,
    /// When it was delivered or died.
    pub ended: Option<Instant>,
}

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// It is to be sent.
    Open,
    /// The receiver has it.
    Delivered,
    /// It was given up, and can be redelivered.
    Dead,
}

impl DeliveryState {
    /// The name for the outcome of an attempt that leaves a delivery in this state.
    #[must_use]
    pub fn outcome(self) -> &'static str {
        match self {
            Self::Open => "retrying",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }
}

/// An owner's exclusive hold on a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The owner.
    pub owner: String,
    /// When it ends.
    pub until: Instant,
}

impl Delivery {
    /// Creates a delivery that is due when its change is made.
    #[must_use]
    pub fn new(id: String, watch: String, object: String, number: u64, created: Instant) -> Self {
        Self {
            id,
            watch,
            object,
            number,
            state: DeliveryState::Open,
            head: false,
            due: created,
            failed: 0,
            lease: None,
            fence: 0,
            reason: None,
            created,
            ended: None,
        }
    }

    /// Whether it is leased at `now`.
    #[must_use]
    pub fn is_leased(&self, now: Instant) -> bool {
        self.lease.as_ref().is_some_and(|lease| lease.until > now)
    }

    /// Reopens it: due at `now`, with all attempts. A lease is kept.
    pub(super) fn reopen(&mut self, now: Instant) {
        if self.lease.is_none() {
            self.due = now;
        }
        self.state = DeliveryState::Open;
        self.failed = 0;
        self.ended = None;
    }

    /// Ends it in `state`.
    pub(super) fn end(&mut self, state: DeliveryState, now: Instant) {
        self.state = state;
        self.head = false;
        self.lease = None;
        self.ended = Some(now);
    }
}
