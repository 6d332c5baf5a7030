//! The writer thread. Queued writes are committed in groups, because a commit costs one flush
//! to disk however much it contains.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::Notify;

use super::clock::Clock;
use super::statements::Catalog;
use super::transaction::Write;
use crate::problem::Problem;
use crate::store::{Decision, Durability, Error};
use crate::value::Instant;

/// Maximum number of writes in one group, so that the first of them does not wait too long.
const GROUP: usize = 256;

/// A write in the queue.
struct Queued {
    decision: Box<dyn Decision>,
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
        let (queue, queued) = channel();
        let work = move || {
            let mut disk = Disk {
                durability: Durability::Full,
            };
            while let Some(group) = next_group(&queued) {
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

    pub(super) fn send(&self, decision: Box<dyn Decision>, durability: Durability) {
        if let Some(queue) = &self.queue {
            // If the writer has stopped, the decision is dropped, which reports the error.
            let _ = queue.send(Queued {
                decision,
                durability,
            });
        }
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

fn next_group(queued: &Receiver<Queued>) -> Option<Vec<Queued>> {
    let mut group = vec![queued.recv().ok()?];
    group.extend(queued.try_iter().take(GROUP - 1));
    Some(group)
}

fn run(
    connection: &Connection,
    catalog: &Catalog,
    wall: fn() -> Instant,
    noted: &Notify,
    group: Vec<Queued>,
) {
    let mut decisions: Vec<_> = group.into_iter().map(|one| one.decision).collect();
    let mut ends = Vec::with_capacity(decisions.len());
    let committed = commit(connection, catalog, wall, &mut decisions, &mut ends);
    if let Err(error) = &committed {
        tracing::error!(%error, "a group of writes was not committed");
        let _ = connection.execute_batch("ROLLBACK");
        ends.clear();
    }
    if matches!(committed, Ok(true)) {
        noted.notify_one();
    }
    let mut ends = ends.into_iter();
    for decision in decisions {
        decision.answer(ends.next().unwrap_or_else(|| Err(Problem::internal())));
    }
}

/// Carries out the decisions; says whether deliveries were noted.
fn commit(
    connection: &Connection,
    catalog: &Catalog,
    wall: fn() -> Instant,
    decisions: &mut [Box<dyn Decision>],
    ends: &mut Vec<Result<(), Problem>>,
) -> rusqlite::Result<bool> {
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let mut clock = Clock::read(connection, wall)?;
    let mut noted = false;
    for decision in decisions {
        connection
            .prepare_cached("SAVEPOINT decision")?
            .execute([])?;
        let mut decide = |clock: &mut Clock, noted: &mut bool| {
            let mut write = Write {
                connection,
                catalog,
                clock,
                noted,
            };
            catch_unwind(AssertUnwindSafe(|| decision.decide(&mut write)))
                .unwrap_or_else(|_| Err(Problem::internal()))
        };
        if cfg!(debug_assertions) {
            // Decided twice, because that must not matter.
            let _ = decide(&mut { clock }, &mut false);
            connection
                .prepare_cached("ROLLBACK TO decision")?
                .execute([])?;
        }
        let end = decide(&mut clock, &mut noted);
        if end.is_err() {
            connection
                .prepare_cached("ROLLBACK TO decision")?
                .execute([])?;
        }
        connection.prepare_cached("RELEASE decision")?.execute([])?;
        ends.push(end);
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
