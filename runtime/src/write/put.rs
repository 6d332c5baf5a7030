//! Stores and removes objects; observers see each change.

use super::UnitOfWork;
use super::invitation::Invitations;
use super::login::Logins;
use super::observer::{Change, Observer};
use super::outbox::Outbox;
use super::watchers::Watchers;
use crate::problem::Problem;
use crate::store::Row;
use crate::table::Table;

/// Every observer, in the order in which they see a change.
static OBSERVERS: &[&(dyn Observer + Sync)] = &[&Logins, &Invitations, &Outbox, &Watchers];

impl UnitOfWork<'_> {
    /// Stores an object.
    pub(crate) fn put(&mut self, table: &'static Table, row: &Row) -> Result<(), Problem> {
        self.observe(table, &row.id, Some(row))?;
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
        if let Some(hooks) = self.registry().of_table(table)
            && let Some(stored) = self.tx.find(table, &tenant, id)?
        {
            hooks.delete(&stored, self)?;
        }
        self.observe(table, id, None)?;
        Ok(self.tx.remove(table, &tenant, id)?)
    }
    /// Shows a change that is about to be stored to everything that follows it.
    fn observe(
        &mut self,
        table: &'static Table,
        id: &str,
        after: Option<&Row>,
    ) -> Result<(), Problem> {
        let change = Change::new(table, id, after);
        let mut observers = OBSERVERS.iter().filter(|one| one.observes(table));
        observers.try_for_each(|one| one.changed(self, &change))
    }
}
