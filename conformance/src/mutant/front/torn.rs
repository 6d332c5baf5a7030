//! Mutants with lost updates: requests that work on an outdated state.

use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::MutatedFront;
use crate::mock::{Front, lock};
use crate::model::{Reply, Request, Service};
use crate::mutant::mutation::Operator;

/// How long a request works on its outdated state, if no other one arrives.
const CARELESS: Duration = Duration::from_millis(30);

impl MutatedFront {
    /// Whether requests with this method work on an outdated state.
    pub(super) fn tears(&self, method: &str) -> bool {
        match self.mutation.operator {
            Operator::UpdateTorn => matches!(method, "PUT" | "PATCH"),
            Operator::CreateTorn => method == "POST",
            _ => false,
        }
    }

    /// Answers from a copy of the state and stores the copy, which overwrites concurrent
    /// changes.
    pub(super) fn torn(&self, shared: &Mutex<Service>, request: Request) -> Reply {
        let mut own = lock(shared).clone();
        self.torn.fetch_add(1, Ordering::SeqCst);
        // A concurrent request gets the same state; the wait makes this independent of how
        // busy the machine is.
        let end = Instant::now() + CARELESS;
        while self.torn.load(Ordering::SeqCst) < 2 && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(2));
        let reply = self.answer(&mut own, request);
        *lock(shared) = own;
        self.torn.fetch_sub(1, Ordering::SeqCst);
        reply
    }
}
