//! The transaction of a write.

use super::{ColumnValue, Error};
use crate::table::{GLOBAL, Table, Unique};
use crate::value::Instant;
use crate::watch::machine::Ledger;

/// An object to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The tenant it belongs to.
    pub tenant: String,
    /// Its identifier.
    pub id: String,
    /// The identifier of its parent.
    pub parent: Option<String>,
    /// The number of its last change.
    pub version: u64,
    /// When it was created.
    pub created: Instant,
    /// When it was last changed.
    pub updated: Instant,
    /// The JSON text that every caller sees.
    pub body: String,
    /// The JSON text that callers with the table's scope see.
    pub privileged: Option<String>,
    /// Values of its secret fields, as JSON text.
    pub secrets: Option<String>,
    /// Values of the table's columns.
    pub cells: Vec<ColumnValue>,
}

impl Row {
    /// A row of one of the runtime's own tables, with text only.
    pub(crate) fn internal(id: String, version: u64, at: Instant, body: String) -> Self {
        Self {
            tenant: GLOBAL.to_owned(),
            id,
            parent: None,
            version,
            created: at,
            updated: at,
            body,
            privileged: None,
            secrets: None,
            cells: Vec::new(),
        }
    }

    /// The JSON text for a caller.
    #[must_use]
    pub fn text(self, privileged: bool) -> String {
        match self.privileged {
            Some(text) if privileged => text,
            _ => self.body,
        }
    }

    /// The same, while the row is still needed.
    pub(crate) fn shown(&self, privileged: bool) -> &str {
        match &self.privileged {
            Some(text) if privileged => text,
            _ => &self.body,
        }
    }
}

/// An object as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its identifier.
    pub id: String,
    /// The identifier of its parent.
    pub parent: Option<String>,
    /// The number of its last change.
    pub version: u64,
    /// When it was created.
    pub created: Instant,
    /// When it was last changed.
    pub updated: Instant,
    /// The JSON text that every caller sees.
    pub body: String,
    /// The JSON text that callers with the table's scope see.
    pub privileged: Option<String>,
    /// Values of its secret fields, as JSON text.
    pub secrets: Option<String>,
    /// Whether a migration found that it breaks rules, and this was accepted.
    pub unfit: bool,
}

impl Stored {
    /// The JSON text for a caller.
    #[must_use]
    pub fn text(self, privileged: bool) -> String {
        match self.privileged {
            Some(text) if privileged => text,
            _ => self.body,
        }
    }
}

/// The operations of a write; they take effect together or not at all.
pub trait Transaction {
    /// The current instant, later than every earlier one.
    fn now(&mut self) -> Instant;

    /// A number greater than every earlier one.
    fn number(&mut self) -> u64;

    /// Makes every later number greater than `number`, which came from an import.
    fn advance_past(&mut self, number: u64);

    /// A number that distinguishes this store from others.
    fn seed(&self) -> u32;

    /// Reads one object.
    ///
    /// # Errors
    /// The store cannot be read.
    fn find(
        &mut self,
        table: &'static Table,
        tenant: &str,
        id: &str,
    ) -> Result<Option<Stored>, Error>;

    /// Reads the children of `parent`, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    fn children(
        &mut self,
        table: &'static Table,
        tenant: &str,
        parent: &str,
    ) -> Result<Vec<Stored>, Error>;

    /// Reads the objects whose list in `column` contains `text`, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    fn referencing(
        &mut self,
        table: &'static Table,
        tenant: &str,
        column: usize,
        text: &str,
    ) -> Result<Vec<Stored>, Error>;

    /// Returns the identifier of another object with the same values as `row` in the columns of
    /// `unique`; `null` never equals anything.
    ///
    /// # Errors
    /// The store cannot be read.
    fn find_conflict(
        &mut self,
        table: &'static Table,
        unique: &Unique,
        row: &Row,
    ) -> Result<Option<String>, Error>;

    /// Stores an object, replacing the one with the same identifier.
    ///
    /// # Errors
    /// The store cannot be written.
    fn upsert(&mut self, table: &'static Table, row: &Row) -> Result<(), Error>;

    /// Notes that an object, which was stored before, keeps all rules again; see
    /// [`Stored::unfit`]. A store without migrations has none that does not.
    ///
    /// # Errors
    /// The store cannot be written.
    fn mended(&mut self, _: &'static Table, _tenant: &str, _id: &str) -> Result<(), Error> {
        Ok(())
    }

    /// Deliveries to watches, in the same transaction.
    fn ledger(&mut self) -> &mut dyn Ledger;

    /// Removes an object.
    ///
    /// # Errors
    /// The store cannot be written.
    fn remove(&mut self, table: &'static Table, tenant: &str, id: &str) -> Result<(), Error>;
}
