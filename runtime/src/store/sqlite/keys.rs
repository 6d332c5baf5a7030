//! The keys that seal secrets, and that they belong to this database.
//!
//! The database notes the name of each key that seals in it, which reveals nothing of the key.
//! It is made before its key file: a start that is killed in between begins again, and a key
//! file without a database says that the database was lost.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use crate::store::Error;
use crate::watch::seal::{START, Sealer, key_name};

/// Name of the key file in the data folder, made when no keys are given.
pub(crate) const KEY: &str = "secret-key";

/// The table of the names of keys.
pub(super) const SEALS: &str = "CREATE TABLE IF NOT EXISTS seals(key TEXT PRIMARY KEY) STRICT;";

/// The tables with secrets.
const SEALED: &str = "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND c.name = 'hidden'";

/// The keys `given`, or those in the folder of the database; a new one if nothing was ever
/// sealed. The first of them is noted in the database.
///
/// # Errors
/// The key file is missing or malformed, or the keys are those of another database.
pub(super) fn sealer(
    connection: &Connection,
    folder: &Path,
    given: Option<Sealer>,
) -> Result<Sealer, Error> {
    let failed = |why| Error::new("read the names of keys", why);
    let mut noted = noted(connection).map_err(failed)?;
    // A database that was made before it noted keys has their names in what they sealed.
    if noted.is_empty() {
        noted.extend(sealed(connection).map_err(failed)?.into_keys());
    }
    let sealer = match given {
        Some(sealer) => sealer,
        None => beside(&folder.join(KEY), &noted)?,
    };
    let given: Vec<&str> = sealer.names().collect();
    let missing = noted.iter().filter(|name| !given.contains(&name.as_str()));
    let missing: Vec<&String> = missing.collect();
    if !noted.is_empty() && missing.len() == noted.len() {
        let (given, noted) = (given.join(", "), noted.join(", "));
        return Err(refused(format!(
            "key {given} is that of another database, this one has key {noted}; restore it"
        )));
    }
    if !missing.is_empty() {
        let sealed = sealed(connection).map_err(failed)?;
        if let Some((name, count)) = sealed.iter().find(|(name, _)| missing.contains(name)) {
            return Err(refused(format!(
                "key {name} is not among those given, and secrets of {count} objects are \
                 sealed with it; put it behind the others again"
            )));
        }
    }
    let (there, gone): (Vec<&String>, _) = noted.iter().partition(|name| !missing.contains(name));
    note(connection, given[0], &there, &gone).map_err(|why| Error::new("note a key", why))?;
    Ok(sealer)
}

/// Whether nothing was ever sealed in the database.
pub(super) fn is_new(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(noted(connection)?.is_empty() && sealed(connection)?.is_empty())
}

/// The keys in the key file.
fn beside(path: &Path, noted: &[String]) -> Result<Sealer, Error> {
    if noted.is_empty() {
        return Sealer::from_file_or_create(path).map_err(refused);
    }
    let what = "what it sealed cannot be read without it; restore the file from a backup";
    if !path.exists() {
        let (path, noted) = (path.display(), noted.join(", "));
        return Err(refused(format!(
            "{path} is missing, which has key {noted}: {what}"
        )));
    }
    Sealer::from_file(path).map_err(|why| refused(format!("{why}: {what}")))
}

/// The names of the keys that the database notes.
fn noted(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut query = connection.prepare("SELECT key FROM seals ORDER BY key")?;
    query.query_map([], |row| row.get(0))?.collect()
}

/// The number of objects with secrets, by the name of the key that sealed them.
fn sealed(connection: &Connection) -> rusqlite::Result<BTreeMap<String, i64>> {
    let mut query = connection.prepare(SEALED)?;
    let tables = query.query_map([], |row| row.get(0))?;
    let tables: Vec<String> = tables.collect::<Result<_, _>>()?;
    let mut sealed = BTreeMap::new();
    for table in tables {
        // Members that a migration hid may have secrets among them.
        let kept = "SELECT 1 FROM pragma_table_info(?1) WHERE name = 'kept'";
        let kept = connection.prepare(kept)?.exists([&table])?;
        let columns = ["hidden", "\"full\"", "kept"];
        for column in columns.into_iter().take(2 + usize::from(kept)) {
            let sql = format!(
                "SELECT substr({column}, 1, {START}), count(*) FROM \"{table}\"
                 WHERE {column} IS NOT NULL GROUP BY 1"
            );
            let mut query = connection.prepare(&sql)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let start: String = row.get(0)?;
                if let Some(name) = key_name(&start) {
                    *sealed.entry(name.to_owned()).or_default() += row.get::<_, i64>(1)?;
                }
            }
        }
    }
    Ok(sealed)
}

/// Notes the key that seals from now on and those that did, and forgets those that sealed
/// nothing that is left.
fn note(
    connection: &Connection,
    first: &str,
    there: &[&String],
    gone: &[&String],
) -> rusqlite::Result<()> {
    let there = there.iter().map(|name| name.as_str());
    for name in there.chain([first]) {
        connection.execute("INSERT OR IGNORE INTO seals VALUES(?1)", [name])?;
    }
    for name in gone {
        connection.execute("DELETE FROM seals WHERE key = ?1", [name])?;
    }
    Ok(())
}

fn refused(why: String) -> Error {
    Error::new("use the keys of secrets", why)
}
