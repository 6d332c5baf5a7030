//! The servers that are compared, and their clock.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};

use fieldproof_runtime::api::Api;
use fieldproof_runtime::value::Instant;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::cluster::{Cluster, UNSYNCED};
use crate::document::Operation;
use crate::place::Place;

/// Noon of a day, in microseconds.
const NOON: i64 = 1_790_000_000_000_000;

/// What the wall clock of all stores shows.
static WALL: AtomicI64 = AtomicI64::new(NOON);

/// Every API that is served.
static APIS: LazyLock<Vec<&'static Api>> = LazyLock::new(|| {
    let home = fieldproof_server::APIS.iter();
    home.chain(fieldproof_e2e::APIS).copied().collect()
});

/// Servers over different stores, with the same clock.
pub struct World {
    pub(crate) places: Vec<Place>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) threads: Runtime,
    _folder: TempDir,
    _cluster: Option<Cluster>,
}

impl World {
    /// Servers over memory, SQLite and, where its programs are, PostgreSQL.
    #[must_use]
    pub fn start() -> Self {
        let cluster = Cluster::start(UNSYNCED);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut places = vec![
            Place::memory(&APIS, wall),
            Place::sqlite(&APIS, wall, &folder.path().join("data")),
        ];
        let there = cluster.as_ref().map(Cluster::place);
        places.extend(there.map(|there| Place::postgres(&APIS, wall, there)));
        let threads = Builder::new_multi_thread().enable_all().build();
        Self {
            places,
            operations: APIS.iter().flat_map(|api| Operation::all(api)).collect(),
            threads: threads.expect("threads"),
            _folder: folder,
            _cluster: cluster,
        }
    }

    /// The names of the stores.
    #[must_use]
    pub fn stores(&self) -> Vec<&'static str> {
        self.places.iter().map(|place| place.name).collect()
    }

    /// Empties all stores, at noon.
    pub(crate) fn empty(&mut self) {
        WALL.store(NOON, Ordering::Relaxed);
        self.places.iter_mut().for_each(Place::empty);
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, micros: i64) {
        WALL.fetch_add(micros, Ordering::Relaxed);
    }
}

fn wall() -> Instant {
    Instant::from_micros(WALL.load(Ordering::Relaxed))
}
