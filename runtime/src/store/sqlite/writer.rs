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
    match committed {
        Ok(true) => noted.notify_one(),
        Ok(false) => {}
        Err(problem) => {
            let _ = connection.execute_batch("ROLLBACK");
            ends = vec![Err(problem); decisions.len()];
        }
    }
    for (decision, end) in decisions.into_iter().zip(ends) {
        decision.answer(end);
    }
}

/// Carries out the decisions; says whether deliveries were noted.
///
/// # Errors
/// The answer to all of them: nothing was committed.
fn commit(
    connection: &Connection,
    catalog: &Catalog,
    wall: fn() -> Instant,
    decisions: &mut [Box<dyn Decision>],
    ends: &mut Vec<Result<(), Problem>>,
) -> Result<bool, Problem> {
    // SQLite gives up the whole transaction when the disk is full.
    let lost = |end: &Result<(), Problem>| match connection.is_autocommit() {
        true => end.clone(),
        false => Ok(()),
    };
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
            lost(&decide(&mut { clock }, &mut false))?;
            connection
                .prepare_cached("ROLLBACK TO decision")?
                .execute([])?;
        }
        let end = decide(&mut clock, &mut noted);
        lost(&end)?;
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
    use std::sync::mpsc;

    use super::*;
    use crate::store::sqlite::schema;
    use crate::store::{PRESETS, Row, Transaction};
    use crate::watch::seal::Sealer;

    /// A write of a text of some length.
    struct Put(usize, Sender<Option<u16>>);

    impl Decision for Put {
        fn decide(&mut self, tx: &mut dyn Transaction) -> Result<(), Problem> {
            let (id, now) = (self.0.to_string(), tx.now());
            let row = Row::internal(id, 1, now, "x".repeat(self.0));
            Ok(tx.upsert(&PRESETS, &row)?)
        }

        fn answer(self: Box<Self>, end: Result<(), Problem>) {
            self.1.send(end.err().map(|why| why.status)).unwrap();
        }
    }

    #[test]
    fn a_group_that_the_disk_has_no_room_for_is_refused_as_a_whole_and_the_next_is_not() {
        let connection = Connection::open_in_memory().unwrap();
        schema::create(&connection, &[&PRESETS]).unwrap();
        let pages: i64 = connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        connection
            .execute_batch(&format!("PRAGMA max_page_count = {}", pages + 4))
            .unwrap();
        let catalog = Catalog::new(&[&PRESETS], Sealer::parse(&"00".repeat(32)).unwrap());
        let write = |lengths: &[usize]| -> Vec<Option<u16>> {
            let (told, ends) = mpsc::channel();
            let queued = lengths.iter().map(|length| Queued {
                decision: Box::new(Put(*length, told.clone())),
                durability: Durability::Full,
            });
            let noted = Notify::new();
            run(
                &connection,
                &catalog,
                Instant::now,
                &noted,
                queued.collect(),
            );
            ends.try_iter().collect()
        };
        // The statement that finds no room ends the transaction, savepoints and all.
        assert_eq!(write(&[10, 100_000, 20]), [Some(503); 3]);
        assert_eq!(write(&[10, 20]), [None; 2]);
    }

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
