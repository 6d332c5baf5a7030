//! Observers: what follows a change of an object, in the same transaction.

use std::cell::OnceCell;

use super::UnitOfWork;
use crate::problem::Problem;
use crate::store::{Row, Stored};
use crate::table::Table;

/// Something that follows changes of objects. It sees every change, whichever operation makes it.
pub(super) trait Observer {
    /// Whether it follows changes of the objects of `table`.
    fn observes(&self, table: &Table) -> bool;

    /// Follows one change, which is about to be stored.
    fn changed(&self, unit: &mut UnitOfWork<'_>, change: &Change<'_>) -> Result<(), Problem>;
}

/// A change of one object that is about to be stored.
pub(super) struct Change<'a> {
    pub(super) table: &'static Table,
    pub(super) id: &'a str,
    /// The object after the change; `None` if it is removed.
    pub(super) after: Option<&'a Row>,
    /// Read when the first observer asks for it.
    before: OnceCell<Option<Stored>>,
}

impl<'a> Change<'a> {
    pub(super) fn new(table: &'static Table, id: &'a str, after: Option<&'a Row>) -> Self {
        let before = OnceCell::new();
        Self {
            table,
            id,
            after,
            before,
        }
    }

    /// The object before the change.
    pub(super) fn before(&self, unit: &mut UnitOfWork<'_>) -> Result<Option<&Stored>, Problem> {
        if self.before.get().is_none() {
            let stored = unit.tx.find(self.table, &unit.tenant, self.id)?;
            let _ = self.before.set(stored);
        }
        Ok(self.before.get().and_then(Option::as_ref))
    }
}
