//! Stores and removes objects, together with the records that depend on them.

use super::UnitOfWork;
use crate::problem::Problem;
use crate::store::Row;
use crate::table::Table;

impl UnitOfWork<'_> {
    /// Stores an object and the records that depend on it.
    pub(crate) fn put(&mut self, table: &'static Table, row: &Row) -> Result<(), Problem> {
        self.note_login(table, row)?;
        self.note_invitation(table, row)?;
        self.note_change(table, &row.id, Some(row))?;
        self.note_watch(table, row)?;
        Ok(self.tx.upsert(table, row)?)
    }

    /// Removes an object and, before it, its cascading children.
    pub(crate) fn remove(&mut self, table: &'static Table, id: &str) -> Result<(), Problem> {
        let tenant = self.tenant.clone();
        for child in table.children {
            let below = self.tx.children(child.table, &tenant, id)?;
            if !below.is_empty() && !child.cascade {
                return Err(Problem::has_children(child.table.resource));
            }
            for stored in below {
                self.remove(child.table, &stored.id)?;
            }
        }
        if table.login.is_some() {
            let stored = self.tx.find(table, &tenant, id)?;
            self.forget_login(
                table,
                stored
                    .as_ref()
                    .and_then(|stored| stored.privileged.as_deref()),
            )?;
        }
        self.note_change(table, id, None)?;
        self.forget_watch(table, id)?;
        self.tx.remove(table, &tenant, id)?;
        Ok(())
    }
}
