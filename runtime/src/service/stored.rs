//! Stored objects, and the parents that embed them.

use crate::body::Reading;
use crate::problem::{At, Found, Problem, Violation};
use crate::resource::{Embeds, Resource};
use crate::store::{Row, Stored};
use crate::value::Instant;
use crate::write::{UnitOfWork, secrets};

impl UnitOfWork<'_> {
    /// The row of an object after this change, as own logic leaves it; `before` is the stored
    /// object.
    pub(super) fn row<R: Resource>(
        &mut self,
        before: Option<&R>,
        object: &mut R,
        id: &str,
        parent: Option<&str>,
        times: (Instant, Instant),
    ) -> Result<Row, Problem> {
        if let Some(hooks) = self.registry().of::<R>() {
            match before {
                Some(before) => hooks.update(before, object, self)?,
                None => hooks.create(object, self)?,
            }
            settle(object)?;
        }
        self.bare_row(object, id, parent, times)
    }

    /// The row of an object as it is.
    pub(super) fn bare_row<R: Resource>(
        &mut self,
        object: &R,
        id: &str,
        parent: Option<&str>,
        times: (Instant, Instant),
    ) -> Result<Row, Problem> {
        let texts = secrets::split(R::TABLE, object)?;
        Ok(Row {
            tenant: self.tenant.to_string(),
            id: id.to_owned(),
            parent: parent.map(str::to_owned),
            version: self.tx.number(),
            created: times.0,
            updated: times.1,
            body: texts.body,
            privileged: texts.privileged,
            secrets: texts.secrets,
            cells: object.column_values(),
        })
    }

    /// Stores a changed object; `before` is the object that is `stored`.
    pub(super) fn changed<R: Resource>(
        &mut self,
        before: &R,
        mut object: R,
        stored: &Stored,
    ) -> Result<Row, Problem> {
        let now = self.tx.now();
        object.touch(now);
        let (parent, times) = (stored.parent.as_deref(), (stored.created, now));
        let row = self.row(Some(before), &mut object, &stored.id, parent, times)?;
        self.put_over(before, &row)?;
        refresh_parent::<R>(self, parent)?;
        Ok(row)
    }

    /// Stores the row of a changed object, unless another object has its values.
    fn put_over<R: Resource>(&mut self, before: &R, row: &Row) -> Result<(), Problem> {
        if row.cells != before.column_values() {
            self.note_conflicts(R::TABLE, row, "")?;
            self.judge(Found::default())?;
        }
        self.put(R::TABLE, row)
    }
}

/// Computes derived members again, after own logic. An object that breaks rules is not stored.
fn settle<R: Resource>(object: &mut R) -> Result<(), Problem> {
    let mut reading = Reading::default();
    object.settle("", &mut reading);
    match reading.found.first() {
        None => Ok(()),
        Some(broken) => {
            let (resource, detail) = (R::TABLE.resource, &broken.detail);
            tracing::error!(resource, detail, at = ?broken.at, "own logic breaks a rule");
            Err(Problem::internal())
        }
    }
}

/// Updates the embedded children in the parent of an object of `R`.
pub(super) fn refresh_parent<R: Resource>(
    work: &mut UnitOfWork<'_>,
    parent: Option<&str>,
) -> Result<(), Problem> {
    match parent {
        Some(parent) => R::refresh_parent(work, parent),
        None => Ok(()),
    }
}

/// Updates the embedded children of type `C` in the object `parent`.
///
/// # Errors
/// The parent would have too many children, or the store fails.
pub fn refresh<P: Embeds<C>, C: Resource>(
    work: &mut UnitOfWork<'_>,
    parent: &str,
) -> Result<(), Problem> {
    let table = P::TABLE;
    let tenant = work.tenant.clone();
    let stored = work.tx.find(table, &tenant, parent)?;
    let stored = stored.ok_or_else(Problem::not_found)?;
    let children = work.tx.children(C::TABLE, &tenant, parent)?;
    let relation = C::TABLE.parent.as_ref();
    if let Some(most) = relation.and_then(|relation| relation.most)
        && children.len() > most
    {
        let refused = Violation {
            at: At::Pointer(String::new()),
            code: "too_many_items",
            detail: format!("there may be at most {most} of them"),
        };
        return Err(Problem::validation(
            work.switches.validation_status,
            vec![refused],
        ));
    }
    let before: P = secrets::join(table, &stored)?;
    let mut shown = before.clone();
    *shown.embedded() = children
        .iter()
        .map(|child| secrets::join(C::TABLE, child))
        .collect::<Result<_, _>>()?;
    let mut updated = stored.updated;
    if relation.is_some_and(|relation| relation.touch) {
        updated = work.tx.now();
        shown.touch(updated);
    }
    let above = stored.parent.as_deref();
    let times = (stored.created, updated);
    let row = work.row(Some(&before), &mut shown, parent, above, times)?;
    work.put_over(&before, &row)?;
    refresh_parent::<P>(work, above)
}
