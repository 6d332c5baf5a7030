//! The writers. Each commits a group of waiting writes of one tenant at a time; writes of
//! different tenants do not wait for each other.

use std::sync::Arc;
use std::thread::{JoinHandle, sleep};
use std::time::Duration;

use tokio::sync::Notify;
use tokio_postgres::Client;

use super::connection::Place;
use super::group::{self, Means, Uncommitted};
use super::trouble::Failure;
use crate::problem::Problem;
use crate::store::error::Trouble;
use crate::store::queue::Queue;
use crate::store::{Error, Queued};

/// Number of writers, each with a connection.
const WRITERS: usize = 8;

/// Maximum number of writes in one group, so that the first of them does not wait too long.
const GROUP: usize = 64;

/// How often a group is made that loses against others or its connection.
const TRIES: u32 = 8;

/// The writers.
#[derive(Debug)]
pub(super) struct Writers {
    queue: Arc<Queue>,
    threads: Vec<JoinHandle<()>>,
}

/// What a writer has of its own.
struct Writer {
    place: Place,
    means: Arc<Means>,
    noted: Arc<Notify>,
    client: Option<Client>,
}

impl Writers {
    pub(super) fn start(place: &Place, means: Means, noted: &Arc<Notify>) -> Result<Self, Error> {
        let (queue, means) = (Arc::<Queue>::default(), Arc::new(means));
        let mut threads = Vec::new();
        for _ in 0..WRITERS {
            let own = Arc::clone(&queue);
            let mut writer = Writer {
                place: place.clone(),
                means: Arc::clone(&means),
                noted: Arc::clone(noted),
                client: None,
            };
            let work = move || {
                while let Some((tenant, group)) = own.take_of_one(GROUP) {
                    let later = writer.run(group);
                    own.put_back(later);
                    own.done_with(&tenant);
                }
            };
            let thread = std::thread::Builder::new().name("writer".to_owned());
            let thread = thread.spawn(work);
            threads.push(thread.map_err(|why| Error::new("start a writer", why))?);
        }
        Ok(Self { queue, threads })
    }

    pub(super) fn send(&self, queued: Queued) {
        if let Err(queued) = self.queue.push(queued) {
            queued.decision.answer(Err(Problem::busy()));
        }
    }
}

impl Drop for Writers {
    fn drop(&mut self) {
        self.queue.close();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Writer {
    /// Commits a group; returns the writes at its end for which there was no time.
    fn run(&mut self, mut group: Vec<Queued>) -> Vec<Queued> {
        let ends = match self.tried(&mut group) {
            Ok(ends) => ends,
            // One of them may be the reason, so each is tried alone.
            Err(failed) if failed.is_of_one() && group.len() > 1 => {
                for one in group {
                    self.run(vec![one]);
                }
                return Vec::new();
            }
            Err(failed) => vec![Err(Problem::from(failed.why)); group.len()],
        };
        let later = group.split_off(ends.len());
        for (queued, end) in group.into_iter().zip(ends) {
            queued.decision.answer(end);
        }
        later
    }

    /// The answers to the first writes of a group, made again while others are in the way.
    fn tried(&mut self, group: &mut [Queued]) -> Result<Vec<Result<(), Problem>>, group::Failed> {
        let mut tries = 0;
        loop {
            tries += 1;
            let Uncommitted { failed, ending } = match self.once(group) {
                Ok(ends) => return Ok(ends),
                Err(why) => why,
            };
            let unknown = ending && failed.how == Failure::Lost;
            if failed.how == Failure::Lost {
                self.client = None;
            }
            if unknown {
                // It may have been committed: nobody can know, and it must not be made twice.
                tracing::error!(error = %failed.why, "the end of a transaction is not known");
                let why = Error::from(Trouble::Unknown);
                return Err(group::Failed { why, ..failed });
            }
            if failed.how == Failure::Statement || tries == TRIES {
                return Err(failed);
            }
            tracing::debug!(error = %failed.why, tries, "writes are made again");
            sleep(pause(tries));
        }
    }

    fn once(&mut self, group: &mut [Queued]) -> Result<Vec<Result<(), Problem>>, Uncommitted> {
        let client = match self.client.take().filter(|client| !client.is_closed()) {
            Some(client) => client,
            None => {
                let made = self.means.runtime.block_on(self.place.connect());
                made.map_err(Uncommitted::unreachable)?
            }
        };
        let committed = group::commit(&self.means, self.client.insert(client), group)?;
        if committed.noted {
            self.noted.notify_one();
        }
        Ok(committed.ends)
    }
}

/// How long a group waits before it is made again: up to 64 milliseconds, not the same for two
/// that were in each other's way.
fn pause(tries: u32) -> Duration {
    let most = 1_000 << tries.min(6);
    let random = u64::from(getrandom::u32().unwrap_or_default());
    Duration::from_micros(most / 2 + random % most / 2)
}
