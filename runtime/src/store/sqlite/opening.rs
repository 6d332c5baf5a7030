//! Opening a data folder: whose it is, what is in it, and what is missing.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::Connection;

use super::connection::{FILE, open};
use super::folder;
use super::identity;
use super::keys::{self, KEY};
use super::migrate;
use super::schema;
use super::statements::Catalog;
use crate::store::migrate::Target;
use crate::store::{Error, Extent, Migration, Model, Witness};
use crate::table::Table;
use crate::watch::seal::Sealer;

/// What is opened.
pub(super) struct Opening<'a> {
    /// The data folder.
    pub(super) folder: &'a Path,
    /// The tables, also those of the runtime.
    pub(super) tables: &'a [&'static Table],
    /// The models of their objects, if they may have to be read again.
    pub(super) models: &'a [Model],
    /// How far the tables in the database may be changed.
    pub(super) extent: Extent,
}

impl<'a> Opening<'a> {
    fn target(&self, catalog: &'a Catalog) -> Target<'a> {
        Target {
            tables: self.tables,
            models: self.models,
            sealer: &catalog.sealer,
        }
    }
}

/// Opens the database and the keys of its secrets: those `given`, or those in the folder. What is
/// not there is made, the database first: a start that is killed in between leaves what the next
/// one completes. Tables of another version become those of this one.
///
/// # Errors
/// Something cannot be used, something is missing that was there, or the tables cannot become
/// those of this version, or the `witness` of the migration ended it.
pub(super) fn store(
    opening: &Opening<'_>,
    given: Option<Sealer>,
    witness: Witness<'_>,
) -> Result<(Connection, Catalog, Migration), Error> {
    let Opening { folder, tables, .. } = *opening;
    let (connection, _taken) = database(folder, given.is_none())?;
    within(&connection, schema::create)?;
    let sealer = keys::sealer(&connection, folder, given)?;
    let catalog = Catalog::new(tables, sealer);
    let target = opening.target(&catalog);
    let done = migrate::run(&connection, &target, opening.extent, witness)?;
    done.tell();
    Ok((connection, catalog, done))
}

/// What [`store`] would do to the tables in the database, which is left as it is.
///
/// # Errors
/// As for [`store`], except that objects may break rules.
pub(super) fn plan(opening: &Opening<'_>, given: Option<Sealer>) -> Result<Migration, Error> {
    let Opening { folder, tables, .. } = *opening;
    let (connection, _taken) = database(folder, given.is_none())?;
    migrate::begin(&connection)?;
    let failed = |why| Error::new("make the tables", why);
    let done = schema::create(&connection)
        .and_then(|()| keys::is_new(&connection))
        .map_err(failed)
        .and_then(|is_new| match given {
            // A plan makes no key file, and needs no key where nothing is sealed.
            None if is_new => Sealer::parse(&"0".repeat(64)).map_err(|why| Error::new("plan", why)),
            given => keys::sealer(&connection, folder, given),
        })
        .and_then(|sealer| {
            let catalog = Catalog::new(tables, sealer);
            migrate::plan(&connection, &opening.target(&catalog), opening.extent)
        });
    let ended = connection.execute_batch("ROLLBACK");
    ended.map_err(|why| Error::new("end the plan", why))?;
    done
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
    within(&connection, |connection| {
        make(connection)?;
        identity::mark(connection)
    })?;
    Ok(connection)
}

/// Makes tables in one transaction.
fn within(
    connection: &Connection,
    make: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> Result<(), Error> {
    let made = connection
        .execute_batch("BEGIN IMMEDIATE")
        .and_then(|()| make(connection))
        .and_then(|()| connection.execute_batch("COMMIT"));
    made.map_err(|why| Error::new("make a table", why))
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
