//! The kinds of stores, and how each is opened.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use fieldproof_runtime::store::{Memory, Postgres, Sqlite, Store};
use fieldproof_runtime::table::Table;
use fieldproof_runtime::value::Instant;
use fieldproof_runtime::watch::seal::Sealer;

use super::cluster::Place;

/// A kind of stores.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Memory,
    Sqlite,
    /// In a cluster, if PostgreSQL is there.
    Postgres(Option<Place>),
}

/// An open store; what it left is removed in the end.
pub(crate) struct Opened {
    store: Option<Box<dyn Store>>,
    folder: Option<PathBuf>,
}

impl Kind {
    /// Whether it cannot be opened here.
    pub(crate) fn is_absent(self) -> bool {
        matches!(self, Self::Postgres(None))
    }

    /// A new store.
    pub(crate) fn open(self, tables: &[&'static Table], clock: fn() -> Instant) -> Opened {
        let mut folder = None;
        let store: Box<dyn Store> = match self {
            Self::Memory => Box::new(Memory::new(clock)),
            Self::Sqlite => {
                let place = folder.insert(new_folder());
                Box::new(Sqlite::open_at(place, tables, sealer(), clock).unwrap())
            }
            Self::Postgres(place) => return postgres(&place.unwrap().url(), tables, clock),
        };
        let store = Some(store);
        Opened { store, folder }
    }

    /// New stores over the same objects, as many as there may be.
    pub(crate) fn open_some(
        self,
        tables: &[&'static Table],
        clock: fn() -> Instant,
    ) -> Vec<Opened> {
        match self {
            Self::Memory | Self::Sqlite => vec![self.open(tables, clock)],
            Self::Postgres(place) => {
                let url = place.unwrap().url();
                (0..3).map(|_| postgres(&url, tables, clock)).collect()
            }
        }
    }
}

fn postgres(url: &str, tables: &[&'static Table], clock: fn() -> Instant) -> Opened {
    let store = Postgres::open_at(url, tables, sealer(), clock).unwrap();
    Opened {
        store: Some(Box::new(store)),
        folder: None,
    }
}

impl Deref for Opened {
    type Target = dyn Store;

    fn deref(&self) -> &Self::Target {
        &**self.store.as_ref().unwrap()
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        drop(self.store.take());
        if let Some(folder) = &self.folder {
            std::fs::remove_dir_all(folder).unwrap();
        }
    }
}

/// A folder that nothing else uses.
fn new_folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("fieldproof-stores-{}-{count}", std::process::id()))
}

/// What secrets are sealed with.
fn sealer() -> Sealer {
    Sealer::parse(&"00".repeat(32)).expect("a key")
}
