//! The unit of work of every write.

use std::any::Any;
use std::sync::Arc;

use super::Author;
use super::change::Published;
use crate::problem::{Found, Problem};
use crate::store::{Stored, Transaction};
use crate::switches::Switches;
use crate::table::Table;

/// A write in progress: a transaction on behalf of an author.
pub struct UnitOfWork<'t> {
    pub(crate) tx: &'t mut dyn Transaction,
    pub(crate) tenant: Arc<str>,
    pub(crate) author: &'t Author,
    /// The hooks of the program, which lie above: they know the unit of work.
    pub(crate) hooks: &'t (dyn Any + Send + Sync),
    pub(crate) switches: Switches,
    /// Values that another object already has, found so far.
    pub(crate) conflicts: Found,
    /// Changes of objects that are watched.
    pub(crate) changes: Vec<Published>,
}

impl<'t> UnitOfWork<'t> {
    pub(crate) fn new(
        tx: &'t mut dyn Transaction,
        author: &'t Author,
        hooks: &'t (dyn Any + Send + Sync),
        switches: Switches,
    ) -> Self {
        Self {
            tx,
            tenant: Arc::clone(&author.tenant),
            author,
            hooks,
            switches,
            conflicts: Found::default(),
            changes: Vec::new(),
        }
    }

    /// Finds the object at `ids` and checks that its parents are those of the path.
    pub(crate) fn find(
        &mut self,
        table: &'static Table,
        ids: &[String],
    ) -> Result<Stored, Problem> {
        let mut found = None;
        for (at, table) in table.lineage().into_iter().enumerate() {
            let stored = self.tx.find(table, &self.tenant, &ids[at])?;
            let stored = stored.ok_or_else(Problem::not_found)?;
            if stored.parent.as_ref() != at.checked_sub(1).map(|above| &ids[above]) {
                return Err(Problem::not_found());
            }
            found = Some(stored);
        }
        found.ok_or_else(Problem::not_found)
    }

    /// Checks that the parent at `ids` exists, if `table` has one.
    pub(crate) fn find_parent(
        &mut self,
        table: &'static Table,
        ids: &[String],
    ) -> Result<(), Problem> {
        match &table.parent {
            Some(parent) => self.find(parent.table, ids).map(drop),
            None => Ok(()),
        }
    }

    /// Refuses the write if any violation or conflict was found.
    pub(crate) fn judge(&mut self, found: Found) -> Result<(), Problem> {
        if !found.is_empty() {
            return Err(Problem::validation(self.switches.validation_status, found));
        }
        if !self.conflicts.is_empty() {
            return Err(Problem::conflict(std::mem::take(&mut self.conflicts)));
        }
        Ok(())
    }
}
