//! A write under way.

use std::sync::Arc;

use super::apart;
use super::outbox::Change;
use crate::api::Switches;
use crate::body::token;
use crate::problem::{At, Found, Problem, Violation};
use crate::resource::Resource;
use crate::store::{Cell, Row, Stored, Transaction};
use crate::table::{Distinct, Table, Unique};
use crate::value::Instant;

/// A write under way: a transaction on behalf of a tenant.
pub struct Work<'t> {
    pub(super) tx: &'t mut dyn Transaction,
    pub(super) tenant: Arc<str>,
    pub(super) switches: Switches,
    /// Email address of the user on whose behalf it is.
    pub(super) user: Option<String>,
    /// Invitations are noted where an object asks for one.
    pub(super) invites: bool,
    /// A watch that is written tells its receiver members that a scope shows.
    pub(super) sees: bool,
    /// Values that another object already has.
    pub(super) conflicts: Found,
    /// Objects that watches may want to know of.
    pub(super) changes: Vec<Change>,
}

impl<'t> Work<'t> {
    pub(super) fn new(tx: &'t mut dyn Transaction, tenant: &Arc<str>, switches: Switches) -> Self {
        Self {
            tx,
            tenant: Arc::clone(tenant),
            switches,
            user: None,
            invites: false,
            sees: false,
            conflicts: Found::default(),
            changes: Vec::new(),
        }
    }

    /// The object at `ids`, whose parents are those of the path.
    pub(super) fn find(
        &mut self,
        table: &'static Table,
        ids: &[String],
    ) -> Result<Stored, Problem> {
        let mut found = None;
        for (at, table) in table.line().into_iter().enumerate() {
            let stored = self.tx.find(table, &self.tenant, &ids[at])?;
            let stored = stored.ok_or_else(Problem::not_found)?;
            if stored.parent.as_ref() != at.checked_sub(1).map(|above| &ids[above]) {
                return Err(Problem::not_found());
            }
            found = Some(stored);
        }
        found.ok_or_else(Problem::not_found)
    }

    /// The parent at `ids`, when `table` has one.
    pub(super) fn find_parent(
        &mut self,
        table: &'static Table,
        ids: &[String],
    ) -> Result<(), Problem> {
        match &table.parent {
            Some(parent) => self.find(parent.table, ids).map(drop),
            None => Ok(()),
        }
    }

    /// Notes the values of `row` that another object already has; `pointer` is
    /// the object's place in the body.
    pub(super) fn note_conflicts(
        &mut self,
        table: &'static Table,
        row: &Row,
        pointer: &str,
    ) -> Result<(), Problem> {
        for distinct in table.distinct {
            if self.is_shared(table, distinct, row)? {
                self.conflicts.push(Violation {
                    at: At::Pointer(format!("{pointer}/{}", token(distinct.member))),
                    code: "duplicate",
                    detail: "already names another object".to_owned(),
                });
            }
        }
        for unique in table.unique {
            if values(table, unique, row).is_some() && self.tx.holder(table, unique, row)?.is_some()
            {
                let detail = match (unique.members, unique.in_parent) {
                    ([_], true) => "is already taken by a sibling".to_owned(),
                    ([_], false) => "is already taken".to_owned(),
                    (members, _) => format!("{} together are already taken", members.join(", ")),
                };
                self.conflicts
                    .extend(unique.members.iter().map(|member| Violation {
                        at: At::Pointer(format!("{pointer}/{}", token(member))),
                        code: "duplicate",
                        detail: detail.clone(),
                    }));
            }
        }
        Ok(())
    }

    /// Whether a value of the object names another one in another member.
    fn is_shared(
        &mut self,
        table: &'static Table,
        distinct: &Distinct,
        row: &Row,
    ) -> Result<bool, Problem> {
        let cell = &row.cells[distinct.column];
        let Cell::Text(text) = cell else {
            return Ok(false);
        };
        if let (true, Some(id)) = (distinct.id, table.id_kind.read(text))
            && id != row.id
            && self.tx.find(table, &row.tenant, &id)?.is_some()
        {
            return Ok(true);
        }
        for unique in table.unique {
            let [column] = unique.columns else { continue };
            if !distinct.others.contains(column) {
                continue;
            }
            let mut other = row.clone();
            other.cells[*column] = cell.clone();
            if self.tx.holder(table, unique, &other)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Refuses what was noted.
    pub(super) fn judge(&mut self, found: Found) -> Result<(), Problem> {
        if !found.is_empty() {
            return Err(Problem::validation(self.switches.validation_status, found));
        }
        if !self.conflicts.is_empty() {
            return Err(Problem::conflict(std::mem::take(&mut self.conflicts)));
        }
        Ok(())
    }

    /// The row of an object at this change.
    pub(super) fn row<R: Resource>(
        &mut self,
        object: &R,
        id: &str,
        parent: Option<&str>,
        times: (Instant, Instant),
    ) -> Result<Row, Problem> {
        let texts = apart::split(object)?;
        Ok(Row {
            tenant: self.tenant.to_string(),
            id: id.to_owned(),
            parent: parent.map(str::to_owned),
            version: self.tx.number(),
            created: times.0,
            updated: times.1,
            body: texts.body,
            full: texts.full,
            hidden: texts.hidden,
            cells: object.cells(),
        })
    }

    /// Stores an object that was changed.
    pub(super) fn changed<R: Resource>(
        &mut self,
        mut object: R,
        stored: &Stored,
    ) -> Result<Row, Problem> {
        let now = self.tx.now();
        object.touch(now);
        let parent = stored.parent.as_deref();
        let row = self.row(&object, &stored.id, parent, (stored.created, now))?;
        self.put(R::table(), &row)?;
        self.refresh_parent(R::table(), parent)?;
        Ok(row)
    }

    /// Stores an object, and what is kept because of it.
    pub(super) fn put(&mut self, table: &'static Table, row: &Row) -> Result<(), Problem> {
        self.note_login(table, row)?;
        self.note_invitation(table, row)?;
        self.note_change(table, &row.id, Some(row))?;
        self.note_watch(table, row)?;
        Ok(self.tx.put(table, row)?)
    }

    /// Brings the parent's object up to its children.
    pub(super) fn refresh_parent(
        &mut self,
        table: &'static Table,
        parent: Option<&str>,
    ) -> Result<(), Problem> {
        match (
            table.parent.as_ref().and_then(|parent| parent.refresh),
            parent,
        ) {
            (Some(refresh), Some(parent)) => refresh(self, parent),
            _ => Ok(()),
        }
    }
}

/// Stored text and models come from one generator; this is a defect of ours.
pub(super) fn unreadable(error: &serde_json::Error) -> Problem {
    tracing::error!(%error, "an object does not fit its model");
    Problem::internal()
}

/// The values of a combination, unless one of them is `null`.
pub(super) fn values(table: &Table, unique: &Unique, row: &Row) -> Option<Vec<Cell>> {
    let value = |at: &usize| match &row.cells[*at] {
        Cell::Null => None,
        cell => Some(cell.compared(table.columns[*at].kind)),
    };
    unique.columns.iter().map(value).collect()
}
