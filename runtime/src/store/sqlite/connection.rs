//! Connections to the database file.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::store::Error;

/// Name of the database file in the data folder.
pub const FILE: &str = "fieldproof.sqlite3";

/// Name of its log of writes, which is there while the database is open.
#[cfg(feature = "postgres")]
pub(crate) const LOG: &str = "fieldproof.sqlite3-wal";

/// How long a connection waits for the write lock of another process.
const BUSY: Duration = Duration::from_secs(5);

/// Opens a connection to the database in `folder`, with the settings common to all connections.
/// The file has to be there: one that SQLite makes could be read by others.
pub(crate) fn open(folder: &Path, reads: bool) -> Result<Connection, Error> {
    let failed = |why| Error::new("open the database", why);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(folder.join(FILE), flags).map_err(failed)?;
    connection.busy_timeout(BUSY).map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(256);
    // A write that was acknowledged must survive a power failure.
    connection
        .pragma_update(None, "synchronous", "full")
        .map_err(failed)?;
    connection
        .pragma_update(None, "cache_size", -16_000)
        .map_err(failed)?;
    connection
        .pragma_update(None, "mmap_size", 268_435_456)
        .map_err(failed)?;
    connection
        .pragma_update(None, "query_only", reads)
        .map_err(failed)?;
    Ok(connection)
}
