//! Requests that work on what was there some time ago.

use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::MutatedFront;
use crate::mock::{Front, lock};
use crate::model::{Reply, Request, Service};
use crate::mutant::mutation::Operator;

/// How long a careless server works on what was there, when it is alone.
const CARELESS: Duration = Duration::from_millis(30);

impl MutatedFront {
    /// Whether requests of a method work on what was there some time ago.
    pub(super) fn tears(&self, method: &str) -> bool {
        match self.mutation.operator {
            Operator::UpdateTorn => matches!(method, "PUT" | "PATCH"),
            Operator::CreateTorn => method == "POST",
            _ => false,
        }
    }

    /// Answers as a careless server does: what others do meanwhile is overwritten.
    pub(super) fn torn(&self, shared: &Mutex<Service>, request: Request) -> Reply {
        let mut own = lock(shared).clone();
        self.torn.fetch_add(1, Ordering::SeqCst);
        // Another that comes meanwhile sees the same; how busy the machine is
        // does not decide whether the two meet.
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
