//! The writer thread. Queued writes are committed in groups, because a commit costs one flush
//! to disk however much it contains.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{Notify, oneshot};

use super::clock::Clock;
use super::statements::Catalog;
use super::transaction::Write;
use crate::problem::Problem;
use crate::store::{Durability, Error, Job, Pending, Written};
use crate::value::Instant;

/// Maximum number of writes in one group, so that the first of them does not wait too long.
const GROUP: usize = 256;

type Answer = Result<Written, Problem>;

/// A write in the queue.
struct Queued {
    job: Job,
    answer: oneshot::Sender<Answer>,
    durability: Durability,
}

/// The writer thread.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Option<Sender<Queued>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        catalog: Arc<Catalog>,
        wall: fn() -> Instant,
        noted: Arc<Notify>,
    ) -> Result<Self, Error> {
        let (queue, jobs) = channel();
        let work = move || {
            let mut disk = Disk {
                durability: Durability::Full,
            };
            while let Some(group) = next_group(&jobs) {
                let most = group.iter().map(|one| one.durability).max();
                let most = most.unwrap_or(Durability::Full);
                if let Err(error) = disk.set(&connection, most) {
                    tracing::error!(%error, "the durability of writes cannot be set");
                    continue;
                }
                run(&connection, &catalog, wall, &noted, group);
            }
        };
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(work);
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread.map_err(|why| Error::new("start the writer", why))?),
        })
    }

    pub(super) fn send(&self, job: Job, durability: Durability) -> Pending {
        let (answer, pending) = Pending::new();
        if let Some(queue) = &self.queue {
            // If the writer has stopped, the sender is dropped, which reports the error.
            let _ = queue.send(Queued {
                job,
                answer,
                durability,
            });
        }
        pending
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The durability of the connection's commits.
struct Disk {
    durability: Durability,
}

impl Disk {
    /// Sets whether later commits wait for the disk. One that does also makes all earlier
    /// commits durable.
    fn set(&mut self, connection: &Connection, durability: Durability) -> rusqlite::Result<()> {
        if durability != self.durability {
            let how = match durability {
                Durability::Full => "full",
                Durability::Relaxed => "normal",
            };
            connection.pragma_update(None, "synchronous", how)?;
            self.durability = durability;
        }
        Ok(())
    }
}

fn next_group(jobs: &Receiver<Queued>) -> Option<Vec<Queued>> {
    let mut group = vec![jobs.recv().ok()?];
    group.extend(jobs.try_iter().take(GROUP - 1));
    Some(group)
}

fn run(
    connection: &Connection,
    catalog: &Catalog,
    wall: fn() -> Instant,
    noted: &Notify,
    group: Vec<Queued>,
) {
    let mut answers = Vec::with_capacity(group.len());
    let mut senders = Vec::with_capacity(group.len());
    let pairs = group.into_iter().map(|one| (one.job, one.answer));
    let (jobs, waiting): (Vec<Job>, Vec<_>) = pairs.unzip();
    senders.extend(waiting);
    let committed = commit(connection, catalog, wall, jobs, &mut answers);
    if let Err(error) = &committed {
        tracing::error!(%error, "a group of writes was not committed");
        let _ = connection.execute_batch("ROLLBACK");
        answers.clear();
    }
    if matches!(committed, Ok(true)) {
        noted.notify_one();
    }
    let mut answers = answers.into_iter();
    for sender in senders {
        // A client that has gone away does not want its answer.
        let _ = sender.send(answers.next().unwrap_or_else(|| Err(Problem::internal())));
    }
}

/// Does the jobs; says whether deliveries were noted.
fn commit(
    connection: &Connection,
    catalog: &Catalog,
    wall: fn() -> Instant,
    jobs: Vec<Job>,
    answers: &mut Vec<Answer>,
) -> rusqlite::Result<bool> {
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let mut clock = Clock::read(connection, wall)?;
    let mut noted = false;
    for job in jobs {
        connection.prepare_cached("SAVEPOINT job")?.execute([])?;
        let mut write = Write {
            connection,
            catalog,
            clock: &mut clock,
            noted: &mut noted,
        };
        let answer = catch_unwind(AssertUnwindSafe(|| job(&mut write)))
            .unwrap_or_else(|_| Err(Problem::internal()));
        if answer.is_err() {
            connection.prepare_cached("ROLLBACK TO job")?.execute([])?;
        }
        connection.prepare_cached("RELEASE job")?.execute([])?;
        answers.push(answer);
    }
    clock.write(connection)?;
    connection.prepare_cached("COMMIT")?.execute([])?;
    Ok(noted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_wait_for_the_disk_whenever_one_write_has_to_last() {
        let connection = Connection::open_in_memory().unwrap();
        let mut disk = Disk {
            durability: Durability::Full,
        };
        let mut level = |durability| {
            disk.set(&connection, durability).unwrap();
            let level = connection.pragma_query_value(None, "synchronous", |row| row.get(0));
            level.unwrap()
        };
        let (full, relaxed) = (Durability::Full, Durability::Relaxed);
        let levels: [i64; 5] = [full, relaxed, relaxed, full, full].map(&mut level);
        assert_eq!(levels, [2, 1, 1, 2, 2]);
    }
}
