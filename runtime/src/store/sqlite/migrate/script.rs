//! The statements of a migration: carried out one by one, and told to whoever asks for the plan.

use rusqlite::{Connection, Params};

use crate::store::Error;

/// Sees each statement before it is carried out, and can end the migration there.
pub(in crate::store::sqlite) type Witness<'a> = &'a mut dyn FnMut(&str) -> Result<(), Error>;

/// The statements of a migration.
pub(super) struct Script<'a> {
    pub(super) connection: &'a Connection,
    /// What was done, as SQL with comments.
    lines: Vec<String>,
    witness: Witness<'a>,
}

impl<'a> Script<'a> {
    pub(super) fn new(connection: &'a Connection, witness: Witness<'a>) -> Self {
        Self {
            connection,
            lines: Vec::new(),
            witness,
        }
    }

    /// Adds a comment.
    pub(super) fn say(&mut self, comment: &str) {
        self.lines.push(format!("-- {comment}"));
    }

    /// Carries out a statement.
    pub(super) fn run(&mut self, sql: &str) -> Result<(), Error> {
        self.lines.push(format!("{sql};"));
        self.quietly(sql, [])
    }

    /// Carries out a statement that is not told, because it is one of many.
    pub(super) fn quietly(&mut self, sql: &str, values: impl Params) -> Result<(), Error> {
        (self.witness)(sql)?;
        let query = self.connection.prepare_cached(sql);
        let done = query.and_then(|mut query| query.execute(values));
        done.map(drop).map_err(failed)
    }

    /// What was done.
    pub(super) fn told(self) -> Vec<String> {
        self.lines
    }
}

/// A statement that failed.
pub(super) fn failed(why: rusqlite::Error) -> Error {
    Error::new("migrate the database", why)
}
