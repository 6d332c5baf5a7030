//! Checks for unique values.

use super::UnitOfWork;
use crate::body::token;
use crate::problem::{At, Problem, Violation};
use crate::store::{ColumnValue, Row};
use crate::table::{Distinct, Table, Unique};

impl UnitOfWork<'_> {
    /// Records the values of `row` that another object already has; `pointer` is the location
    /// of the object in the body.
    pub(crate) fn note_conflicts(
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
                    detail: "already identifies another object".to_owned(),
                });
            }
        }
        for unique in table.unique {
            if values(table, unique, row).is_some()
                && self.tx.find_conflict(table, unique, row)?.is_some()
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

    /// Whether the value of a distinct member is the identifier or another unique member's
    /// value of another object.
    fn is_shared(
        &mut self,
        table: &'static Table,
        distinct: &Distinct,
        row: &Row,
    ) -> Result<bool, Problem> {
        let cell = &row.cells[distinct.column];
        let ColumnValue::Text(text) = cell else {
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
            if self.tx.find_conflict(table, unique, &other)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The values of a combination, unless one of them is `null`.
pub(crate) fn values(table: &Table, unique: &Unique, row: &Row) -> Option<Vec<ColumnValue>> {
    let value = |at: &usize| match &row.cells[*at] {
        ColumnValue::Null => None,
        cell => Some(cell.compared(table.columns[*at].kind)),
    };
    unique.columns.iter().map(value).collect()
}
