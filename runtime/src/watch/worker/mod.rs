//! The worker: claims due deliveries, sends them, and settles the outcome.
//!
//! Several processes may work on one store. Each claim has a lease, so deliveries of a process
//! that was killed are sent by another process or after a restart. A process that shuts down
//! leaves no lease behind.

mod attempt;
mod deliver;
mod keys;
mod poll;
mod receiver;
mod redact;
mod refresh_token;
mod request_log;
mod retention;
mod settings;
#[cfg(test)]
mod tests;

pub(crate) use keys::{SigningKey, algorithm};
pub(crate) use settings::Settings;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use crate::metrics::Metrics;
use crate::store::Store;
use crate::table::Table;
use crate::watch::client::{self, Client};
use crate::watch::machine::Policy;
use crate::watch::oauth::AccessTokens;

/// Maximum number of concurrent attempts; each holds a request body and a response.
const MOST: u32 = 1_024;

/// Sends the due deliveries of a store.
pub(crate) struct Worker {
    store: Arc<dyn Store>,
    tables: Vec<&'static Table>,
    metrics: Arc<Metrics>,
    client: Client,
    tokens: AccessTokens,
    policy: Policy,
    time_out: Duration,
    /// Permits for attempts; if all are free, no attempt is running.
    room: Arc<Semaphore>,
    /// How far the store's clock, which never goes back, is ahead of the wall clock, in
    /// microseconds.
    ahead: AtomicI64,
    /// Maximum pause between two checks for due deliveries.
    longest: Duration,
    /// Signals running attempts to stop.
    cut: watch::Sender<bool>,
}

impl Worker {
    /// Creates a worker for the watches among `tables`.
    ///
    /// # Errors
    /// The system does not report its addresses.
    pub(crate) fn new(
        store: Arc<dyn Store>,
        tables: &[&'static Table],
        settings: Settings,
        metrics: Arc<Metrics>,
    ) -> std::io::Result<Self> {
        let client = Client::new(client::Settings::new(settings.guard()?))?;
        let watches = tables.iter().filter(|table| table.watch.is_some());
        Ok(Self {
            store,
            tables: watches.copied().collect(),
            metrics,
            tokens: AccessTokens::new(client.clone(), settings.time_out),
            client,
            policy: settings.policy(),
            time_out: settings.time_out,
            room: Arc::new(Semaphore::new(MOST as usize)),
            ahead: AtomicI64::new(0),
            longest: poll::PAUSE,
            cut: watch::Sender::new(false),
        })
    }
}

/// A name that no other process has.
fn owner() -> String {
    format!("{}-{:016x}", std::process::id(), random())
}

/// A random number, or zero if the system provides none, in which case waits have no jitter.
fn random() -> u64 {
    getrandom::u64().unwrap_or_default()
}
