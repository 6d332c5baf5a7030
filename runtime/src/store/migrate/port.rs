//! What a migration asks of a database.

use crate::store::tables::Words;
use crate::store::{ColumnValue, Error};

/// A database within the transaction of a migration.
pub(in crate::store) trait Port {
    /// How it declares tables.
    fn words(&self) -> &'static Words;

    /// How it notes shapes.
    fn notes(&self) -> &'static Notes;

    /// Keeps other migrations and all writes away until the transaction ends, and waits for those
    /// that are under way. What was read before may have changed.
    ///
    /// # Errors
    /// They last too long.
    fn claim(&mut self) -> Result<(), Error>;

    /// Whether there is a table of this name.
    ///
    /// # Errors
    /// The database cannot be read.
    fn is_there(&mut self, table: &str) -> Result<bool, Error>;

    /// The columns of a table with their types, as [`Words`] write them.
    ///
    /// # Errors
    /// The database cannot be read.
    fn columns(&mut self, table: &str) -> Result<Vec<(String, String)>, Error>;

    /// The names of the indexes of a table that no constraint made, and the statements that would
    /// make them.
    ///
    /// # Errors
    /// The database cannot be read.
    fn indexes(&mut self, table: &str) -> Result<Vec<(String, String)>, Error>;

    /// What an earlier layout of the database noted of a table: lines for
    /// [`Shape::of_lines`](super::shape::Shape::of_lines).
    ///
    /// # Errors
    /// The database cannot be read.
    fn lines(&mut self, table: &str) -> Result<Option<String>, Error>;

    /// The next version for an object of a tenant.
    ///
    /// # Errors
    /// The clock cannot be read.
    fn number(&mut self, tenant: &str) -> Result<u64, Error>;

    /// Reads rows.
    ///
    /// # Errors
    /// The statement, or one before it, failed.
    fn query(&mut self, sql: &str, values: &[ColumnValue]) -> Result<Vec<Cells>, Error>;

    /// Carries out a statement. Its failure may be told by a later one.
    ///
    /// # Errors
    /// The statement, or one before it, failed.
    fn execute(&mut self, sql: &str, values: Vec<ColumnValue>) -> Result<(), Error>;
}

/// The statements about the shapes that a database notes.
#[derive(Debug)]
pub(in crate::store) struct Notes {
    /// Reads the highest number; 0 if there is none.
    pub(in crate::store) number: &'static str,
    /// Reads number, shape and version of each shape of a table, in the order of the numbers.
    pub(in crate::store) of_table: &'static str,
    /// Notes a shape: number, table, shape, version and instant.
    pub(in crate::store) put: &'static str,
}

/// The values of a row, taken one after the other.
#[derive(Debug)]
pub(in crate::store) struct Cells(pub(in crate::store) std::vec::IntoIter<ColumnValue>);

impl Cells {
    /// The next value as a text; `None` if it is none.
    pub(super) fn text(&mut self) -> Option<String> {
        match self.0.next() {
            Some(ColumnValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The next value as a number; 0 if it is none.
    pub(super) fn number(&mut self) -> i64 {
        match self.0.next() {
            Some(ColumnValue::Number(number)) => number,
            _ => 0,
        }
    }
}

/// A migration failed.
pub(in crate::store) fn failed(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new("migrate the database", why)
}
