//! Whether writes can be kept: what `/readyz` asks.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rustix::fs::{StatVfsMountFlags, statvfs};

use super::connection::{FILE, open};
use crate::store::Error;
use crate::store::error::Trouble;

/// Free space in bytes below which the store is not ready. The write-ahead log takes 4 MiB
/// before it is moved into the database.
const LEAST: u64 = 16 << 20;

/// How long one transaction may keep others from writing; a load balancer commonly waits a
/// second for the answer.
const PATIENCE: Duration = Duration::from_millis(750);

/// How long an answer is valid, so that who asks all the time does not write all the time.
const VALID: Duration = Duration::from_millis(500);

/// A question to the database and its disk.
#[derive(Debug)]
pub(super) struct Probe {
    path: PathBuf,
    /// The file that is open.
    file: (u64, u64),
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    connection: Connection,
    /// The last answer, and when it was given.
    last: Option<(Instant, Result<(), Trouble>)>,
}

impl Probe {
    /// Opens a connection of its own.
    ///
    /// # Errors
    /// The database cannot be opened.
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let file = identity(&path).map_err(|why| Error::new("find the database", why))?;
        let connection = open(folder, false)?;
        let settings = connection
            .busy_timeout(PATIENCE)
            // What it writes need not last.
            .and_then(|()| connection.pragma_update(None, "synchronous", "normal"));
        settings.map_err(|why| Error::new("prepare a connection", why))?;
        let last = None;
        Ok(Self {
            path,
            file,
            state: Mutex::new(State { connection, last }),
        })
    }

    /// Writes to the database, and looks at its file and the space that is left.
    ///
    /// # Errors
    /// A write would fail now, or may soon.
    pub(super) fn ask(&self) -> Result<(), Error> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, last)) = state.last
            && at.elapsed() < VALID
        {
            return last.map_err(Error::from);
        }
        let found = self
            .look()
            .map_err(Error::from)
            .and_then(|()| write(&state.connection));
        let known = match &found {
            Ok(()) => Some(Ok(())),
            Err(why) => why.trouble().map(Err),
        };
        state.last = known.map(|known| (Instant::now(), known));
        found
    }

    /// Looks at the file and its disk.
    fn look(&self) -> Result<(), Trouble> {
        if identity(&self.path).ok() != Some(self.file) {
            return Err(Trouble::Replaced);
        }
        let disk = statvfs(&self.path).map_err(|_| Trouble::Disk)?;
        if disk.f_flag.contains(StatVfsMountFlags::RDONLY) {
            return Err(Trouble::ReadOnly);
        }
        match disk.f_bavail.saturating_mul(disk.f_frsize) < LEAST {
            true => Err(Trouble::Space),
            false => Ok(()),
        }
    }
}

/// Device and inode of a file.
pub(super) fn identity(path: &Path) -> std::io::Result<(u64, u64)> {
    fs::metadata(path).map(|file| (file.dev(), file.ino()))
}

/// The table that it writes to: what stays as it is would not be written.
pub(super) const PROBES: &str = "
    CREATE TABLE IF NOT EXISTS probes(
        one INTEGER PRIMARY KEY CHECK(one = 1),
        count INTEGER NOT NULL
    ) STRICT;
    INSERT OR IGNORE INTO probes VALUES(1, 0);
";

/// Counts the questions.
const COUNT: &str = "UPDATE probes SET count = count + 1 WHERE EXISTS (SELECT 1 FROM clock)";

/// Writes something to the database.
fn write(connection: &Connection) -> Result<(), Error> {
    let failed = |why| Error::new("write to the database", why);
    // It changes when another connection commits: then the lock is held, but moves on.
    let version =
        || connection.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0));
    let before = version().map_err(failed)?;
    match connection.execute(COUNT, []) {
        Ok(1) => Ok(()),
        Ok(_) => Err(Error::new("write to the database", "its clock is gone")),
        Err(why) => match failed(why) {
            why if why.trouble() != Some(Trouble::Locked) => Err(why),
            why if version().map_err(failed)? == before => Err(why),
            _ => Ok(()),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::thread::{scope, sleep};
    use std::time::Duration;

    use super::{PROBES, Trouble, write};
    use rusqlite::Connection;

    #[test]
    fn a_lock_that_moves_on_is_no_trouble() {
        let name = format!("fieldproof-lock-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let open = || Connection::open(folder.join("db")).unwrap();
        let (own, other) = (open(), open());
        own.busy_timeout(Duration::from_millis(400)).unwrap();
        let tables = format!("PRAGMA journal_mode = wal; CREATE TABLE clock AS SELECT 1; {PROBES}");
        own.execute_batch(&tables).unwrap();
        let trouble = || write(&own).map_err(|why| why.trouble());
        assert_eq!(trouble(), Ok(()));
        let run = |sql| other.execute_batch(sql).unwrap();
        run("BEGIN IMMEDIATE");
        assert_eq!(trouble(), Err(Some(Trouble::Locked)));
        run("UPDATE probes SET count = 0; COMMIT; BEGIN IMMEDIATE; UPDATE probes SET count = 1");
        scope(|threads| {
            let asked = threads.spawn(move || write(&own).map_err(|why| why.trouble()));
            sleep(Duration::from_millis(100));
            run("COMMIT; BEGIN IMMEDIATE");
            assert_eq!(asked.join().unwrap(), Ok(()));
        });
        std::fs::remove_dir_all(folder).unwrap();
    }
}
