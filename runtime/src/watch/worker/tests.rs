//! When the worker checks for deliveries, and that it writes nothing needlessly.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};

use super::{Settings, Worker, owner};
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::store::{Durability, Error, Memory, Page, Queued, Read, Select, Store, Stored};
use crate::table::Table;
use crate::value::Instant;
use crate::watch::machine::{Backlog, Delivery, DeliveryState, Ledger, disable, enqueue};
use crate::watch::schedule::Schedule;

/// A store that counts writes.
struct Counting {
    store: Memory,
    writes: AtomicUsize,
}

impl Store for Counting {
    fn submit(&self, queued: Queued) {
        self.writes.fetch_add(1, Ordering::SeqCst);
        self.store.submit(queued);
    }

    fn get<'s>(
        &'s self,
        table: &'static Table,
        tenant: &'s str,
        id: &'s str,
    ) -> Read<'s, Option<Stored>> {
        self.store.get(table, tenant, id)
    }

    fn list(&self, select: Select) -> Read<'_, Page> {
        self.store.list(select)
    }

    fn wake(&self) -> &Notify {
        self.store.wake()
    }

    fn next_due(&self, after: Instant) -> Read<'_, Option<Instant>> {
        self.store.next_due(after)
    }

    fn backlog(&self) -> Read<'_, Backlog> {
        self.store.backlog()
    }

    fn ready(&self) -> Read<'_, ()> {
        self.store.ready()
    }
}

impl Counting {
    fn new() -> Arc<Self> {
        Self::at(Instant::now)
    }

    /// Creates a store with the clock `wall`.
    fn at(wall: fn() -> Instant) -> Arc<Self> {
        Arc::new(Self {
            store: Memory::new(wall),
            writes: AtomicUsize::new(0),
        })
    }

    /// Runs `work` on the ledger without counting the write.
    async fn with<T: Send + 'static>(
        &self,
        work: impl Fn(&mut dyn Ledger, Instant) -> Result<T, Error> + Send + 'static,
    ) -> T {
        let store: &dyn Store = &self.store;
        let done = store.commit("t", Durability::Full, move |tx| {
            let now = tx.now();
            work(tx.ledger(), now).map_err(Problem::from)
        });
        done.answer().await.unwrap()
    }

    /// Enqueues a delivery that is due `later`. Its change does not exist, so it is dead after
    /// the first attempt.
    async fn note(&self, id: &'static str, later: Duration) {
        self.with(move |ledger, now| {
            let (watch, number) = ("couriers/t/1", 1);
            let mut own = Delivery::new(id.into(), watch.into(), id.into(), number, now);
            own.due = now.plus(later);
            enqueue(ledger, &own)
        })
        .await;
    }

    /// Waits until a delivery was attempted.
    async fn tried(&self, id: &'static str) {
        let tried = async {
            loop {
                let found = self.with(move |ledger, _| ledger.delivery(id)).await;
                if found.is_some_and(|one| one.state == DeliveryState::Dead) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let done = tokio::time::timeout(Duration::from_secs(60), tried).await;
        assert!(done.is_ok(), "{id} is never tried");
    }
}

/// Starts a worker that checks at least every `longest`, until the sender is dropped.
fn start(store: &Arc<Counting>, longest: Duration) -> oneshot::Sender<()> {
    let settings = Settings {
        allow: Vec::new(),
        schedule: Schedule::default(),
        time_out: Duration::from_secs(1),
    };
    let worker = Worker::new(
        Arc::clone(store) as Arc<dyn Store>,
        &[],
        settings,
        Arc::new(Metrics::new()),
    );
    let mut worker = worker.unwrap();
    worker.longest = longest;
    let (serving, ended) = oneshot::channel();
    tokio::spawn(worker.run(ended, Duration::ZERO));
    serving
}

#[test]
fn no_two_processes_have_one_name() {
    assert_ne!(owner(), owner());
}

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn what_is_noted_is_sent_without_waiting_for_the_next_look() {
    let store = Counting::new();
    let _serving = start(&store, HOUR);
    store.note("first", Duration::ZERO).await;
    store.tried("first").await;
    store.note("second", Duration::ZERO).await;
    store.tried("second").await;
}

#[tokio::test]
async fn a_wall_clock_that_was_put_back_holds_up_nothing_new() {
    // The clock of a store never goes back; the wall clock is an hour behind it.
    let store = Counting::at(|| Instant::now().plus(HOUR));
    let _serving = start(&store, HOUR);
    store.note("first", Duration::ZERO).await;
    store.tried("first").await;
    store.note("later", Duration::from_millis(150)).await;
    store.tried("later").await;
}

#[tokio::test]
async fn what_is_due_later_is_sent_then() {
    let store = Counting::new();
    store.note("later", Duration::from_millis(150)).await;
    let _serving = start(&store, HOUR);
    store.tried("later").await;
}

#[tokio::test]
async fn who_looks_and_finds_nothing_writes_nothing() {
    let store = Counting::new();
    // A delivery of a disabled watch is due but must not be sent.
    store.note("held", HOUR).await;
    let off = |ledger: &mut dyn Ledger, now| disable(ledger, "couriers/t/1", "off".into(), now);
    store.with(off).await;
    store.note("due", Duration::ZERO).await;
    let _serving = start(&store, Duration::from_millis(1));
    // The worker deletes expired records when it starts.
    while store.writes.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(store.writes.load(Ordering::SeqCst), 1);
}
