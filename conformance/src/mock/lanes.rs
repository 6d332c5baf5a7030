//! Notifications in lanes: those of one lane go one after the other, the next one when the
//! one before has arrived or is given up.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::model::Notification;

/// How long a worker waits before it looks again whether everything ends.
const PAUSE: Duration = Duration::from_millis(250);

/// A notification whose turn it is.
#[derive(Debug)]
pub(super) struct Turn {
    /// What is to be sent.
    pub(super) notification: Notification,
    /// How many attempts were made before.
    pub(super) attempt: usize,
    lane: String,
}

/// The lanes, and when the first notification of each is due.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// What waits behind the first one of each lane.
    lanes: HashMap<String, VecDeque<Notification>>,
    /// First ones by their due time and a number that keeps their order.
    due: BinaryHeap<Reverse<(Instant, u64)>>,
    first: HashMap<u64, Turn>,
    number: u64,
}

impl State {
    fn add(&mut self, at: Instant, turn: Turn) {
        self.number += 1;
        self.due.push(Reverse((at, self.number)));
        self.first.insert(self.number, turn);
    }
}

impl Lanes {
    /// Adds a notification behind the others of its lane.
    pub(super) fn push(&self, lane: String, notification: Notification) {
        let mut state = self.lock();
        if let Some(queue) = state.lanes.get_mut(&lane) {
            queue.push_back(notification);
            return;
        }
        state.lanes.insert(lane.clone(), VecDeque::new());
        let turn = Turn {
            notification,
            attempt: 0,
            lane,
        };
        state.add(Instant::now(), turn);
        self.changed.notify_one();
    }

    /// The next notification, as soon as one is due; nothing once `ends` is set.
    pub(super) fn next(&self, ends: &AtomicBool) -> Option<Turn> {
        let mut state = self.lock();
        loop {
            if ends.load(Ordering::SeqCst) {
                return None;
            }
            let now = Instant::now();
            let at = state.due.peek().map(|Reverse((at, _))| *at);
            if at.is_some_and(|at| at <= now)
                && let Some(Reverse((_, number))) = state.due.pop()
                && let Some(turn) = state.first.remove(&number)
            {
                return Some(turn);
            }
            let pause = at.map_or(PAUSE, |at| at.saturating_duration_since(now).min(PAUSE));
            let waited = self.changed.wait_timeout(state, pause);
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Gives back a turn: it comes again at a moment, or makes room for the next of its lane.
    pub(super) fn done(&self, turn: Turn, again: Option<Instant>) {
        let mut state = self.lock();
        if let Some(at) = again {
            let attempt = turn.attempt + 1;
            return state.add(at, Turn { attempt, ..turn });
        }
        let next = state
            .lanes
            .get_mut(&turn.lane)
            .and_then(VecDeque::pop_front);
        match next {
            Some(notification) => {
                let turn = Turn {
                    notification,
                    attempt: 0,
                    lane: turn.lane,
                };
                state.add(Instant::now(), turn);
            }
            None => {
                state.lanes.remove(&turn.lane);
            }
        }
        self.changed.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
