//! What is in an image, beside what was acknowledged.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use rusqlite::{Connection, Error};

use crate::cut::Image;
use crate::history::{History, KINDS, Kind, State};
use crate::server::DATA;
use crate::told;

/// The database in the data folder.
pub(crate) const FILE: &str = "fieldproof.sqlite3";

/// What is wrong with an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// What was acknowledged is not there as it was answered.
    Lost(String),
    /// What is there cannot be.
    Corrupt(String),
}

/// What the database has.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) objects: BTreeMap<(Kind, String), State>,
    /// The number of the last change.
    pub(crate) number: u64,
    /// Notifications that are still to be sent: the object and the number of each.
    pub(crate) open: Vec<(String, u64)>,
}

/// Writes an image into a folder that is not there yet.
///
/// # Errors
/// It cannot be written.
pub(crate) fn lay(image: &Image, folder: &Path) -> Result<(), String> {
    let failed = |why: std::io::Error| format!("{}: {why}", folder.display());
    let make = |folder: &Path| DirBuilder::new().recursive(true).mode(0o700).create(folder);
    make(folder).map_err(failed)?;
    for (path, content) in image {
        let path = folder.join(path);
        make(path.parent().unwrap_or(folder)).map_err(failed)?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let file = options.open(path);
        let written = file.and_then(|mut file| std::io::Write::write_all(&mut file, content));
        written.map_err(failed)?;
    }
    Ok(())
}

/// Opens the database in `folder` as a start would, so that it recovers, and reads it.
///
/// # Errors
/// It is corrupt.
pub(crate) fn read(folder: &Path) -> Result<Kept, Fault> {
    let file = folder.join(DATA).join(FILE);
    if fs::metadata(&file).map_or(0, |file| file.len()) == 0 {
        return Ok(Kept::default());
    }
    let corrupt = |why: Error| Fault::Corrupt(why.to_string());
    let connection = Connection::open(file).map_err(corrupt)?;
    let set = connection.execute_batch("PRAGMA synchronous = off; PRAGMA mmap_size = 268435456");
    set.map_err(corrupt)?;
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'clock'";
    let made: i64 = connection
        .query_row(sql, [], |row| row.get(0))
        .map_err(corrupt)?;
    let found: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .map_err(corrupt)?;
    if found != "ok" {
        return Err(Fault::Corrupt(found));
    }
    match made {
        0 => Ok(Kept::default()),
        _ => rows(&connection),
    }
}

fn rows(connection: &Connection) -> Result<Kept, Fault> {
    let corrupt = |why: Error| Fault::Corrupt(why.to_string());
    let number = "SELECT number FROM clock";
    let number: i64 = connection
        .query_row(number, [], |row| row.get(0))
        .map_err(corrupt)?;
    let mut kept = Kept {
        number: number.unsigned_abs(),
        ..Kept::default()
    };
    for kind in KINDS {
        let table = kind.table();
        let there = "SELECT count(*) FROM sqlite_schema WHERE name = ?1";
        let there: i64 = connection
            .query_row(there, [table], |row| row.get(0))
            .map_err(corrupt)?;
        if there == 0 {
            continue;
        }
        let text = kind.shown().map_or("body".to_owned(), |member| {
            format!("json_extract(body, '$.{member}')")
        });
        let sql = format!(
            "SELECT json_extract(body, '$.{}'), version, {text} FROM {table}",
            kind.id()
        );
        let mut query = connection.prepare(&sql).map_err(corrupt)?;
        let mut rows = query.query([]).map_err(corrupt)?;
        while let Some(row) = rows.next().map_err(corrupt)? {
            let id: String = row.get(0).map_err(corrupt)?;
            let version: i64 = row.get(1).map_err(corrupt)?;
            let body = row.get_ref(2).map_err(corrupt)?;
            let body = body
                .as_str()
                .map_err(|why| Fault::Corrupt(why.to_string()))?;
            let state = State {
                version: version.unsigned_abs(),
                digest: crate::history::digest(body),
            };
            if kept.objects.insert((kind, id.clone()), state).is_some() {
                return Err(Fault::Corrupt(format!("{kind:?} {id} is there twice")));
            }
        }
    }
    let open = "SELECT object, number FROM deliveries WHERE state = 0";
    let mut query = connection.prepare(open).map_err(corrupt)?;
    let open = query.query_map([], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
    });
    let open = open.and_then(Iterator::collect);
    kept.open = open.map_err(corrupt)?;
    Ok(kept)
}

/// Compares what is kept with what was acknowledged before `time`.
///
/// # Errors
/// Something is lost, or something is there that cannot be.
pub(crate) fn compare(kept: &Kept, history: &History, time: u64) -> Result<(), Fault> {
    let strange = |key: &&(Kind, String)| !history.objects.contains_key(*key);
    if let Some((kind, id)) = kept.objects.keys().find(strange) {
        return Err(Fault::Corrupt(format!("nobody made {kind:?} {id}")));
    }
    for (key, object) in &history.objects {
        let [before, under_way] = object.allowed(time);
        let is = kept.objects.get(key).copied();
        let (kind, id) = key;
        if Some(is) != before && Some(is) != under_way {
            return Err(Fault::Lost(format!(
                "{kind:?} {id} is {is:?}, and was {before:?} or {under_way:?}"
            )));
        }
        // Changes are numbered as they are committed: all up to the last are there, no others.
        let ahead = is.filter(|state| state.version > kept.number);
        let left_out = under_way
            .flatten()
            .filter(|state| Some(is) != under_way && state.version <= kept.number);
        if let Some(state) = ahead.or(left_out) {
            return Err(Fault::Corrupt(format!(
                "{kind:?} {id} is {is:?}: change {} of {} is half there",
                state.version, kept.number
            )));
        }
    }
    told::compare(kept, history, time)
}
