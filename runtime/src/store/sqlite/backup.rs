//! Copies of the database, and whether everything in it can be read.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rusqlite::Connection;
use serde::de::IgnoredAny;

use super::connection::{FILE, open};
use super::keys::KEY;
use super::statements::STORED;
use super::{Sqlite, folder, row};
use crate::store::{Error, internal, secret};
use crate::table::Table;

/// The name of a file while it is copied.
const PART: &str = "fieldproof.part";

impl Sqlite {
    /// Copies the database of `from`, which may be in use, into the empty or new folder `to`,
    /// with the keys of its secrets if `keyed`. Returns the number of objects in the copy, all of
    /// which were read.
    ///
    /// # Errors
    /// The folder has files, something cannot be written, or the copy cannot be read.
    pub fn back_up(
        &self,
        from: &Path,
        to: &Path,
        keyed: bool,
        tables: &[&'static Table],
    ) -> Result<u64, Error> {
        begin(to)?;
        let count = self.copy(from, to, keyed, tables);
        // What cannot be read is not left to be taken for a copy.
        count.inspect_err(|_| clear(to))
    }

    fn copy(
        &self,
        from: &Path,
        to: &Path,
        keyed: bool,
        tables: &[&'static Table],
    ) -> Result<u64, Error> {
        folder::touch(&to.join(FILE))?;
        let source = open(from, false)?;
        // A consistent state of one moment, while others read and write.
        let copied = source.execute("VACUUM INTO ?1", [to.join(FILE).to_string_lossy()]);
        copied.map_err(|why| Error::new("copy the database", why))?;
        let synced = File::open(to.join(FILE)).and_then(|file| file.sync_all());
        synced.map_err(|why| Error::new("write the copy", why))?;
        if keyed {
            copy(&from.join(KEY), &to.join(KEY))?;
        }
        sync(to)?;
        self.check(&open(to, true)?, tables)
    }

    /// Reads everything in the database, and returns the number of objects.
    ///
    /// # Errors
    /// The file is damaged, or an object or its secrets cannot be read.
    pub fn verify(&self, tables: &[&'static Table]) -> Result<u64, Error> {
        self.check(&self.readers.take(), tables)
    }

    fn check(&self, connection: &Connection, tables: &[&'static Table]) -> Result<u64, Error> {
        let failed = |why| Error::new("read everything", why);
        let told = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
        let told: String = told.map_err(failed)?;
        if told != "ok" {
            return Err(Error::new("read everything", told));
        }
        let mut count = 0;
        for &table in tables.iter().chain(internal::ALL) {
            let sql = format!("SELECT {STORED}, tenant FROM \"{}\"", table.name);
            let mut query = connection.prepare(&sql).map_err(failed)?;
            let mut rows = query.query([]).map_err(failed)?;
            while let Some(found) = rows.next().map_err(failed)? {
                let tenant: String = found.get("tenant").map_err(failed)?;
                let stored = row::stored(table, found).map_err(failed)?;
                let stored = secret::opened(&self.catalog.sealer, table, &tenant, stored)?;
                let unreadable = |why| Error::new("read an object", why);
                serde_json::from_str::<IgnoredAny>(&stored.body).map_err(unreadable)?;
                count += u64::from(!internal::ALL.iter().any(|own| own.name == table.name));
            }
        }
        Ok(count)
    }
}

/// Copies a database from a folder that [`Sqlite::back_up`] made into the empty or new folder
/// `to`, with the keys of its secrets if they are there.
///
/// # Errors
/// There is no database, the folder has files, or something cannot be written.
pub fn restore(from: &Path, to: &Path) -> Result<(), Error> {
    File::open(from.join(FILE)).map_err(|why| located(&from.join(FILE), &why))?;
    begin(to)?;
    if from.join(KEY).exists() {
        copy(&from.join(KEY), &to.join(KEY))?;
    }
    // Last, so that a copy that is killed leaves no database.
    copy(&from.join(FILE), &to.join(FILE))?;
    sync(to)
}

/// Removes the files of a copy that is of no use.
pub(crate) fn clear(folder: &Path) {
    let made = fs::read_dir(folder).into_iter().flatten().flatten();
    made.for_each(|entry| drop(fs::remove_file(entry.path())));
}

/// Makes the folder, which must not have files.
fn begin(to: &Path) -> Result<(), Error> {
    let _taken = folder::take(to)?;
    let mut entries = fs::read_dir(to).map_err(|why| located(to, &why))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => {
            let why = format!(
                "{} has files; name a folder that is not there yet",
                to.display()
            );
            Err(Error::new("copy the database", why))
        }
    }
}

/// Copies a file so that it is there as a whole or not at all, for its owner alone.
fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let part = to.with_file_name(PART);
    let copied = || {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let (mut source, mut target) = (File::open(from)?, options.open(&part)?);
        io::copy(&mut source, &mut target)?;
        target.sync_all()?;
        fs::rename(&part, to)
    };
    copied().map_err(|why| located(from, &why))
}

/// Makes the names in a folder survive a power failure.
fn sync(folder: &Path) -> Result<(), Error> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|why| located(folder, &why))
}

fn located(path: &Path, why: &io::Error) -> Error {
    Error::new("copy the database", format!("{}: {why}", path.display()))
}
