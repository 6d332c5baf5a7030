//! Ten versions of a table, one change each, and what becomes of objects between them.

mod killed;
mod objects;
mod refused;
mod steps;
mod versions;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::Connection;

use super::{begin, plan, run};
use crate::store::migrate::{Target, Witness};
use crate::store::sqlite::statements::Catalog;
use crate::store::sqlite::{Sqlite, open, schema};
use crate::store::{Error, Extent, Migration, Store};
use crate::watch::seal::Sealer;
use versions::VERSIONS;

/// A folder of its own for a test.
fn folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("fieldproof-migrations-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn sealer() -> Sealer {
    Sealer::parse(&"07".repeat(32)).unwrap()
}

/// Opens the store of a version.
fn store(folder: &Path, version: usize, extent: Extent) -> Result<Sqlite, Error> {
    let model = VERSIONS[version].model;
    Sqlite::open_models(folder, &[model.table], &[model], Some(sealer()), extent)
}

/// Migrates to a version, seen by `witness`.
fn migrated(
    folder: &Path,
    version: usize,
    extent: Extent,
    witness: Witness<'_>,
) -> Result<Migration, Error> {
    let (connection, catalog, model) = parts(folder, version);
    let target = Target {
        tables: &[model.table],
        models: &[model],
        sealer: &catalog.sealer,
    };
    run(&connection, &target, extent, witness)
}

/// What a migration to a version would do.
fn planned(folder: &Path, version: usize) -> Migration {
    let (connection, catalog, model) = parts(folder, version);
    let target = Target {
        tables: &[model.table],
        models: &[model],
        sealer: &catalog.sealer,
    };
    begin(&connection).unwrap();
    let planned = plan(&connection, &target, Extent::Additive).unwrap();
    connection.execute_batch("ROLLBACK").unwrap();
    planned
}

fn parts(folder: &Path, version: usize) -> (Connection, Catalog, crate::store::Model) {
    let connection = open(folder, false).unwrap();
    schema::create(&connection).unwrap();
    let model = VERSIONS[version].model;
    let catalog = Catalog::new(&[model.table], sealer());
    (connection, catalog, model)
}

/// A store of the first version with its objects.
fn first() -> PathBuf {
    let folder = folder();
    let store = store(&folder, 0, Extent::Additive).unwrap();
    objects::fill(&store as &dyn Store);
    folder
}

/// A copy of a store that nobody has open.
fn copy(from: &Path) -> PathBuf {
    let to = folder();
    let _ = Sqlite::open(&to, &[], sealer()).unwrap();
    fs::remove_file(to.join("fieldproof.sqlite3")).unwrap();
    fs::copy(
        from.join("fieldproof.sqlite3"),
        to.join("fieldproof.sqlite3"),
    )
    .unwrap();
    to
}

/// Waits for a read.
fn wait<T>(read: impl Future<Output = T>) -> T {
    let mut threads = tokio::runtime::Builder::new_current_thread();
    threads.enable_all().build().unwrap().block_on(read)
}
