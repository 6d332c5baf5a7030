//! The writer thread. Queued writes are committed in groups, because a commit costs one flush
//! to disk however much it contains.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::Notify;

use super::clock::Clock;
use super::statements::Catalog;
use super::statistics::{Edition, Gatherer};
use super::transaction::Write;
use crate::problem::Problem;
use crate::store::queue::Queue;
use crate::store::{Durability, Error, Queued, is_rehearsed};
use crate::value::Instant;

/// Maximum number of writes in one group, so that the first of them does not wait too long.
const GROUP: usize = 256;

/// How long the writes of a group are made; those that are left are in the next group.
const LONGEST: Duration = Duration::from_millis(50);

/// The writer thread.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        catalog: Arc<Catalog>,
        wall: fn() -> Instant,
        noted: Arc<Notify>,
        edition: Arc<Edition>,
    ) -> Result<Self, Error> {
        let queue = Arc::<Queue>::default();
        let queued = Taker(Arc::clone(&queue));
        let work = move || {
            let mut disk = Disk {
                durability: Durability::Full,
            };
            let mut gatherer = Gatherer::new(&connection, &edition);
            while let Some(group) = queued.0.take(GROUP) {
                let count = group.len();
                let most = group.iter().map(|one| one.durability).max();
                let most = most.unwrap_or(Durability::Full);
                if let Err(error) = disk.set(&connection, most) {
                    tracing::error!(%error, "the durability of writes cannot be set");
                    continue;
                }
                queued
                    .0
                    .put_back(run(&connection, &catalog, wall, &noted, group));
                gatherer.after(&connection, count);
            }
        };
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(work);
        Ok(Self {
            queue,
            thread: Some(thread.map_err(|why| Error::new("start the writer", why))?),
        })
    }

    pub(super) fn send(&self, queued: Queued) {
        if let Err(queued) = self.queue.push(queued) {
            queued.decision.answer(Err(Problem::busy()));
        }
    }
}

/// The end of the queue that the writer has. Whoever waits is told when the writer is gone.
struct Taker(Arc<Queue>);

impl Drop for Taker {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.close();
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

/// Commits a group; returns the writes at its end for which there was no time.
fn run(
    connection: &Connection,
    catalog: &Catalog,
    wall: fn() -> Instant,
    noted: &Notify,
    mut group: Vec<Queued>,
) -> Vec<Queued> {
    let mut ends = Vec::with_capacity(group.len());
    let committed = commit(connection, catalog, wall, &mut group, &mut ends);
    match committed {
        Ok(true) => noted.notify_one(),
        Ok(false) => {}
        Err(problem) => {
            let _ = connection.execute_batch("ROLLBACK");
            ends = vec![Err(problem); group.len()];
        }
    }
    let later = group.split_off(ends.len());
    for (queued, end) in group.into_iter().zip(ends) {
        queued.decision.answer(end);
    }
    later
}

/// Carries out the decisions; says whether deliveries were noted.
///
/// # Errors
/// The answer to all of them: nothing was committed.
fn commit(
    connection: &Connection,
    catalog: &Catalog,
    wall: fn() -> Instant,
    group: &mut [Queued],
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
    let start = std::time::Instant::now();
    for Queued { decision, .. } in group {
        // The others are in the next group, so that those of this one are answered.
        if start.elapsed() > LONGEST && !ends.is_empty() {
            break;
        }
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
        if is_rehearsed() {
            lost(&decide(&mut { clock }, &mut false))?;
            connection
                .prepare_cached("ROLLBACK TO decision")?
                .execute([])?;
        }
        let (before, was_noted) = (clock, noted);
        let end = decide(&mut clock, &mut noted);
        lost(&end)?;
        if end.is_err() {
            // What it took from the clock is undone with it, as in the other stores.
            (clock, noted) = (before, was_noted);
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
    use std::sync::mpsc::{self, Sender};

    use super::*;
    use crate::store::sqlite::schema;
    use crate::store::{Decision, PRESETS, Row, Transaction};
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
        schema::create(&connection).unwrap();
        let table = schema::WORDS.create_table(&PRESETS);
        connection.execute_batch(&table).unwrap();
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
                tenant: "t".into(),
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

    /// A write that takes longer than a group may.
    struct Slow(Sender<()>);

    impl Decision for Slow {
        fn decide(&mut self, _: &mut dyn Transaction) -> Result<(), Problem> {
            std::thread::sleep(LONGEST + Duration::from_millis(5));
            Ok(())
        }

        fn answer(self: Box<Self>, _: Result<(), Problem>) {
            self.0.send(()).unwrap();
        }
    }

    #[test]
    fn a_group_that_takes_too_long_is_answered_and_the_rest_of_it_put_back() {
        let connection = Connection::open_in_memory().unwrap();
        schema::create(&connection).unwrap();
        let catalog = Catalog::new(&[], Sealer::parse(&"00".repeat(32)).unwrap());
        let (told, ends) = mpsc::channel();
        let slow = || Queued {
            tenant: "t".into(),
            durability: Durability::Full,
            decision: Box::new(Slow(told.clone())),
        };
        let group = vec![slow(), slow(), slow()];
        let later = run(&connection, &catalog, Instant::now, &Notify::new(), group);
        assert_eq!((later.len(), ends.try_iter().count()), (2, 1));
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
