//! Connections that wait for the next request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::connection::Connection;
use crate::watch::guard::{Guard, Host, Target};

/// Longest wait of a connection.
const WAIT: Duration = Duration::from_secs(15);

/// Oldest connection that is used again: a name may have moved meanwhile.
const AGE: Duration = Duration::from_secs(120);

/// Most that wait for one receiver.
const EACH: usize = 16;

/// Most that wait.
const ALL: usize = 256;

/// What a connection is good for: scheme, host and port. The address it goes to
/// was judged when it was made, and is judged again before it is used.
type Origin = (bool, Host, u16);

/// Connections that wait for the next request, the last used first.
#[derive(Default)]
pub(super) struct Pool(Mutex<State>);

#[derive(Default)]
struct State {
    waiting: HashMap<Origin, Vec<Idle>>,
    /// A task looks for those that waited too long.
    swept: bool,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

impl Pool {
    /// A connection to `target` that `guard` permits.
    pub(super) fn take(&self, target: &Target, guard: &Guard) -> Option<Connection> {
        let mut state = self.state();
        let waiting = state.waiting.get_mut(&origin(target))?;
        while let Some(idle) = waiting.pop() {
            if idle.is_fresh() && guard.permits(idle.connection.peer).is_ok() {
                return Some(idle.connection);
            }
        }
        None
    }

    /// Keeps `connection` for the next request to `target`, where there is room.
    pub(super) fn keep(self: &Arc<Self>, target: &Target, connection: Connection) {
        let since = Instant::now();
        let idle = Idle { connection, since };
        let mut state = self.state();
        let all: usize = state.waiting.values().map(Vec::len).sum();
        if all >= ALL || !idle.is_fresh() {
            return;
        }
        let waiting = state.waiting.entry(origin(target)).or_default();
        if waiting.len() >= EACH {
            return;
        }
        waiting.push(idle);
        if !std::mem::replace(&mut state.swept, true) {
            tokio::spawn(sweep(Arc::clone(self)));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Idle {
    fn is_fresh(&self) -> bool {
        let young = self.connection.opened.elapsed() < AGE;
        young && self.since.elapsed() < WAIT && !self.connection.is_closed()
    }
}

fn origin(target: &Target) -> Origin {
    (target.is_secure(), target.host().clone(), target.port())
}

/// Closes what waits too long, until nothing waits.
async fn sweep(pool: Arc<Pool>) {
    loop {
        sleep(WAIT).await;
        let mut state = pool.state();
        for waiting in state.waiting.values_mut() {
            waiting.retain(Idle::is_fresh);
        }
        state.waiting.retain(|_, waiting| !waiting.is_empty());
        if state.waiting.is_empty() {
            state.swept = false;
            break;
        }
    }
}
