//! Migrations: the tables of a database become those of the program, in one transaction.
//!
//! What the database has is compared with what the program needs, so a start that is killed at
//! any moment leaves the database as it was, and the next one begins again. Objects are read by
//! the code that reads bodies, and stored by the code that stores created ones. What only one
//! database knows is behind a [`Port`].

mod anew;
mod breach;
mod course;
mod difference;
mod history;
mod members;
mod object;
mod port;
mod read_again;
mod refusal;
mod script;
mod shape;
mod slice;
mod standing;
mod told;
mod unique;

pub use self::breach::Breach;
pub(super) use self::port::{Cells, Notes, Port, failed};
pub use self::script::Witness;

use super::{Error, Model};
use crate::table::Table;
use crate::watch::seal::Sealer;

/// How far a migration may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Tables that are not there are made; nothing else is changed.
    NewTables,
    /// Everything that every stored object can follow.
    Additive,
    /// Objects that break new rules stay as they are, and the shape of an earlier version may
    /// come back.
    Accept,
}

/// What a migration did, or would do.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Migration {
    /// The number of the schema after it; it increases with each migration.
    pub number: i64,
    /// Whether a table that was there is another one now.
    pub changed: bool,
    /// Its statements, with comments.
    pub script: Vec<String>,
    /// Stored objects that break new rules.
    pub breaches: Vec<Breach>,
}

/// The tables of a program and the models of their objects.
pub(super) struct Target<'a> {
    pub(super) tables: &'a [&'static Table],
    pub(super) models: &'a [Model],
    /// The keys of secrets.
    pub(super) sealer: &'a Sealer,
}

/// Makes the tables of the database those of `target`, within a transaction that is to be rolled
/// back if this fails.
///
/// # Errors
/// The database cannot be used, a later version made it, objects break new rules and `extent`
/// does not accept that, or the migration would go further than it may.
pub(super) fn carry_out(
    port: &mut dyn Port,
    target: &Target<'_>,
    extent: Extent,
    witness: Witness<'_>,
) -> Result<Migration, Error> {
    let done = course::all(port, target, extent, witness)?;
    match extent {
        Extent::Accept => {}
        Extent::NewTables | Extent::Additive => done.judge()?,
    }
    Ok(done)
}

/// What [`carry_out`] would do, within a transaction that is to be rolled back.
///
/// # Errors
/// As for [`carry_out`], except that objects may break rules.
pub(super) fn plan(
    port: &mut dyn Port,
    target: &Target<'_>,
    extent: Extent,
) -> Result<Migration, Error> {
    course::all(port, target, extent, &mut |_| Ok(()))
}

impl Migration {
    /// The refusal of breaches that nobody accepted.
    ///
    /// # Errors
    /// There are breaches.
    pub fn judge(&self) -> Result<(), Error> {
        match self.breaches.is_empty() {
            true => Ok(()),
            false => Err(refusal::breaches(&self.breaches)),
        }
    }

    /// Logs what was done to objects; new tables are not worth a line.
    pub(super) fn tell(&self) {
        let changes = self.script.iter().filter(|line| line.starts_with("-- "));
        let changes: Vec<&str> = changes.map(|line| &line[3..]).collect();
        if !changes.is_empty() {
            tracing::info!(schema = self.number, "migrated: {}", changes.join("; "));
        }
    }
}
