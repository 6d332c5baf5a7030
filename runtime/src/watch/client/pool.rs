//! A pool of idle connections.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::connection::Connection;
use crate::watch::guard::{Guard, Host, Target};

/// Maximum time that a connection may be idle.
const WAIT: Duration = Duration::from_secs(15);

/// Maximum age of a reused connection: the name may resolve differently by then.
const AGE: Duration = Duration::from_secs(120);

/// Maximum number of idle connections per receiver.
const EACH: usize = 16;

/// Maximum number of idle connections.
const ALL: usize = 256;

/// The scheme, host and port for which a connection can be used. Its remote address was checked
/// when it was opened, and is checked again before it is reused.
type Origin = (bool, Host, u16);

/// Idle connections, the last used first.
#[derive(Default)]
pub(super) struct Pool(Mutex<State>);

#[derive(Default)]
struct State {
    waiting: HashMap<Origin, Vec<Idle>>,
    /// Whether a task is running that closes connections idle for too long.
    swept: bool,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

impl Pool {
    /// Takes a connection to `target` that `guard` permits.
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

    /// Keeps `connection` for the next request to `target`, if there is room.
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

/// Closes connections that are idle for too long, until none is left.
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
