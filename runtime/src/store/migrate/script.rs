//! The statements of a migration: carried out one by one, and told to whoever asks for the plan.

use super::port::Port;
use crate::store::{ColumnValue, Error};

/// Sees each statement before it is carried out, and can end the migration there.
pub type Witness<'a> = &'a mut (dyn FnMut(&str) -> Result<(), Error> + Send);

/// The statements of a migration.
pub(super) struct Script<'a> {
    pub(super) port: &'a mut dyn Port,
    /// What was done, as SQL with comments.
    lines: Vec<String>,
    witness: Witness<'a>,
}

impl<'a> Script<'a> {
    pub(super) fn new(port: &'a mut dyn Port, witness: Witness<'a>) -> Self {
        Self {
            port,
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
        self.quietly(sql, Vec::new())
    }

    /// Carries out a statement that is not told, because it is one of many.
    pub(super) fn quietly(&mut self, sql: &str, values: Vec<ColumnValue>) -> Result<(), Error> {
        (self.witness)(sql)?;
        self.port.execute(sql, values)
    }

    /// What was done.
    pub(super) fn told(self) -> Vec<String> {
        self.lines
    }
}
