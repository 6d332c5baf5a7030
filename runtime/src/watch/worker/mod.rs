//! The worker: claims due deliveries, sends them, and settles the outcome.
//!
//! Several processes may work on one store. Each claim has a lease, so what a
//! process held that was killed is sent by another, or by the next one. One that
//! ends in peace leaves no lease behind.

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

/// Most attempts that run at a time: each holds a body and an answer.
const MOST: u32 = 1_024;

/// Sends what is due in a store.
pub(crate) struct Worker {
    store: Arc<dyn Store>,
    tables: Vec<&'static Table>,
    metrics: Arc<Metrics>,
    client: Client,
    tokens: AccessTokens,
    policy: Policy,
    time_out: Duration,
    /// Places for attempts; when all are free none is on its way.
    room: Arc<Semaphore>,
    /// How much later it is in the store, whose instants never go back, than by
    /// the wall clock, in microseconds.
    ahead: AtomicI64,
    /// Longest pause between two looks.
    longest: Duration,
    /// Told when no attempt may go on.
    cut: watch::Sender<bool>,
}

impl Worker {
    /// A worker for those of `tables` that are watches.
    ///
    /// # Errors
    /// A system that does not tell its addresses.
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

/// Any number. Without a source of them, waits have no jitter.
fn random() -> u64 {
    getrandom::u64().unwrap_or_default()
}
