//! Migrations of a database in a folder.

mod port;

use rusqlite::Connection;

use self::port::Within;
use super::identity;
use crate::store::migrate::{self, Target, Witness, failed};
use crate::store::{Error, Extent, Migration};

/// Makes the tables of the database those of `target`, in one transaction.
///
/// # Errors
/// As for [`migrate::carry_out`]. Nothing is changed then.
pub(super) fn run(
    connection: &Connection,
    target: &Target<'_>,
    extent: Extent,
    witness: Witness<'_>,
) -> Result<Migration, Error> {
    begin(connection)?;
    let mut within = Within::new(connection)?;
    let done = migrate::carry_out(&mut within, target, extent, witness);
    let done = done.and_then(|done| within.finish(extent).map(|()| done));
    let end = match done {
        Ok(_) => "COMMIT",
        Err(_) => "ROLLBACK",
    };
    let ended = connection.execute_batch(end).map_err(failed);
    done.and_then(|done| ended.map(|()| done))
}

/// What [`run`] would do, within a transaction that is to be rolled back.
///
/// # Errors
/// As for [`run`], except that objects may break rules.
pub(super) fn plan(
    connection: &Connection,
    target: &Target<'_>,
    extent: Extent,
) -> Result<Migration, Error> {
    migrate::plan(&mut Within::new(connection)?, target, extent)
}

/// Begins the transaction of a migration.
pub(super) fn begin(connection: &Connection) -> Result<(), Error> {
    connection.execute_batch("BEGIN IMMEDIATE").map_err(failed)
}

impl Within<'_> {
    /// Writes what the migration took from the clock, and marks the layout.
    fn finish(&self, extent: Extent) -> Result<(), Error> {
        self.clock.write(self.connection).map_err(failed)?;
        match extent {
            Extent::NewTables => Ok(()),
            Extent::Additive | Extent::Accept => identity::raise(self.connection).map_err(failed),
        }
    }
}
