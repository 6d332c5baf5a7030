//! Opening a data folder: whose it is, what is in it, and what is missing.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::Connection;

use super::connection::{FILE, open};
use super::folder;
use super::identity;
use super::keys::{self, KEY};
use super::schema;
use crate::store::Error;
use crate::table::Table;
use crate::watch::seal::Sealer;

/// Opens the database with `tables` in `folder` and the keys of its secrets: those `given`, or
/// those in the folder. What is not there is made, the database first: a start that is killed
/// in between leaves what the next one completes.
///
/// # Errors
/// Something cannot be used, or something is missing that was there.
pub(super) fn store(
    folder: &Path,
    tables: &[&'static Table],
    given: Option<Sealer>,
) -> Result<(Connection, Sealer), Error> {
    let (connection, _taken) = database(folder, given.is_none())?;
    schema::create(&connection, tables)?;
    let sealer = keys::sealer(&connection, folder, given)?;
    Ok((connection, sealer))
}

/// Opens the database in `folder` with the table that `make` makes.
///
/// # Errors
/// The folder or the file cannot be used.
pub(crate) fn table(
    folder: &Path,
    make: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> Result<Connection, Error> {
    let (connection, _taken) = database(folder, true)?;
    let made = connection
        .execute_batch("BEGIN IMMEDIATE")
        .and_then(|()| make(&connection))
        .and_then(|()| identity::mark(&connection))
        .and_then(|()| connection.execute_batch("COMMIT"));
    made.map_err(|why| Error::new("make a table", why))?;
    Ok(connection)
}

/// Opens the database, or makes an empty one; no other process does so until the file is
/// closed. One that is gone beside its key file (`keyed`) is not made again.
fn database(folder: &Path, keyed: bool) -> Result<(Connection, File), Error> {
    let taken = folder::take(folder)?;
    let path = folder.join(FILE);
    let refused =
        |why: String| Error::new("use the database", format!("{}: {why}", path.display()));
    let mut ours = None;
    if fs::metadata(&path).is_ok_and(|file| file.len() > 0) {
        let damaged = |why| refused(format!("{why}; if it is damaged, restore it from a backup"));
        let connection = open(folder, false).map_err(damaged)?;
        let known = identity::is_ours(&connection).map_err(refused)?;
        ours = known.then_some(connection);
    }
    let key = folder.join(KEY);
    if keyed && ours.is_none() && key.exists() {
        return Err(refused(format!(
            "it is missing or empty, and {} is there; restore the database from a backup, or \
             move the key away to begin without any data",
            key.display()
        )));
    }
    let connection = match ours {
        Some(connection) => connection,
        None => {
            folder::touch(&path)?;
            open(folder, false)?
        }
    };
    connection
        .pragma_update(None, "journal_mode", "wal")
        .map_err(|why| Error::new("prepare the database", why))?;
    Ok((connection, taken))
}
