//! One notification to one watch.

use crate::value::Instant;

/// A notification of one change to one watch, from the change to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its identifier, the `webhook-id` of every attempt.
    pub id: String,
    /// The watch, among those of all tenants.
    pub watch: String,
    /// The object that changed, among all that the watch is told about.
    pub object: String,
    /// The number of the change.
    pub number: u64,
    /// Whether it is still to be sent.
    pub state: DeliveryState,
    /// Whether it is the next of its object; only then it is claimed.
    pub head: bool,
    /// When it is to be sent; while it is on its way, the end of its lease.
    pub due: Instant,
    /// Attempts that failed, since it was noted or last sent again.
    pub failed: u32,
    /// Who is sending it.
    pub lease: Option<Lease>,
    /// How often it was claimed: the claim with this number may settle it.
    pub fence: u64,
    /// Why the last attempt failed.
    pub reason: Option<String>,
    /// When the change was made.
    pub created: Instant,
    /// When it was delivered or died.
    pub ended: Option<Instant>,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// It is to be sent.
    Open,
    /// The receiver has it.
    Delivered,
    /// It is given up, and can be sent again.
    Dead,
}

impl DeliveryState {
    /// What an attempt that leaves a delivery so is called.
    #[must_use]
    pub fn outcome(self) -> &'static str {
        match self {
            Self::Open => "retrying",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }
}

/// The hold of one owner on a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Who holds it.
    pub owner: String,
    /// Until when.
    pub until: Instant,
}

impl Delivery {
    /// A delivery that is due as soon as its change is made.
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

    /// Whether somebody holds it at `now`.
    #[must_use]
    pub fn is_leased(&self, now: Instant) -> bool {
        self.lease.as_ref().is_some_and(|lease| lease.until > now)
    }

    /// Begins anew: due at `now`, with all attempts. Who holds it keeps it.
    pub(super) fn reopen(&mut self, now: Instant) {
        if self.lease.is_none() {
            self.due = now;
        }
        self.state = DeliveryState::Open;
        self.failed = 0;
        self.ended = None;
    }

    /// Ends as `state`.
    pub(super) fn end(&mut self, state: DeliveryState, now: Instant) {
        self.state = state;
        self.head = false;
        self.lease = None;
        self.ended = Some(now);
    }
}
