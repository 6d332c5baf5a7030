//! Creates an object and the children that were sent with it.

use std::collections::HashMap;
use std::hash::Hash;

use super::inside;
use super::sent_back::{self, Imported};
use crate::body::rule::Reference;
use crate::body::{Draft, Reading, token};
use crate::problem::Problem;
use crate::resource::{Relates, Resource, Shared};
use crate::store::Row;
use crate::table::Table;
use crate::value::Instant;
use crate::write::{CreateContext, Relations, UnitOfWork, secrets, values};

impl CreateContext<'_, '_> {
    /// Resolves the shared objects to which the body refers.
    ///
    /// # Errors
    /// The store fails; unknown references are recorded as violations.
    pub fn relate<R: Relates<T>, T: Shared>(
        &mut self,
        named: Vec<Reference<T::Members>>,
    ) -> Result<Vec<T>, Problem> {
        Relations::new(self.work, self.reading, self.id).all::<R, T>(named)
    }

    /// Creates the children that were sent, in the order sent.
    ///
    /// # Errors
    /// The store fails; violations of a child are recorded.
    pub fn children<C: Resource>(
        &mut self,
        drafts: Vec<Draft<C::Create>>,
    ) -> Result<Vec<C>, Problem> {
        let mut made = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let pointer = draft.pointer.clone();
            let (child, row) = make::<C>(self.work, draft, Some(self.id), self.reading)?;
            made.push((child, row, pointer));
        }
        refuse_twins(C::TABLE, &made, self.reading);
        for (_, row, pointer) in &made {
            self.work.note_conflicts(C::TABLE, row, pointer)?;
            self.work.put(C::TABLE, row)?;
        }
        Ok(made.into_iter().map(|(child, ..)| child).collect())
    }
}

/// Creates an object without storing it, and records its violations.
pub(super) fn make<R: Resource>(
    work: &mut UnitOfWork<'_>,
    draft: Draft<R::Create>,
    parent: Option<&str>,
    reading: &mut Reading,
) -> Result<(R, Row), Problem> {
    let table = R::TABLE;
    let kept = Imported::read(table, &draft.sent_back, reading);
    let now = work.tx.now();
    // An object that is loaded again keeps its time of creation.
    let tenant = work.tenant.clone();
    let there = match &kept.id {
        Some(id) => work.tx.find(table, &tenant, id)?,
        None => None,
    };
    let created = kept
        .created
        .or(there.as_ref().map(|there| there.created))
        .unwrap_or(now);
    let updated = kept.updated.or(kept.created).unwrap_or(now);
    let id = match kept.id {
        Some(id) => {
            let elsewhere = there
                .as_ref()
                .is_some_and(|there| there.parent.as_deref() != parent);
            taken_over(work, table, id, elsewhere, &draft.pointer, reading)
        }
        None => fresh_id(work, table, now)?,
    };
    // Own logic is asked about what becomes of an object, if this version can read it.
    let before: Option<R> = match (&there, work.registry().of::<R>()) {
        (Some(there), Some(_)) => secrets::join(table, there).ok(),
        _ => None,
    };
    let context = &mut CreateContext {
        work,
        reading,
        id: &id,
        there,
        created,
        updated,
    };
    let mut object = R::new(draft.body, context)?;
    if reading.importing {
        object = sent_back::overlay(object, &draft.sent_back, reading)?;
        object = inside::overlay(object, &draft.pointer, reading)?;
    }
    let mut object = secrets::carry(table, None, object, &draft.pointer, reading)?;
    object.settle(&draft.pointer, reading);
    sent_back::judge_new(&object, &draft.sent_back, reading)?;
    let times = (created, updated);
    // Own logic sees only objects that break no rule.
    let row = match reading.found.is_empty() {
        true => work.row(before.as_ref(), &mut object, &id, parent, times)?,
        false => work.bare_row(&object, &id, parent, times)?,
    };
    Ok((object, row))
}

/// Takes over an imported identifier. It may replace the same object but not one with another
/// parent, and increasing identifiers continue after it.
fn taken_over(
    work: &mut UnitOfWork<'_>,
    table: &'static Table,
    id: String,
    elsewhere: bool,
    pointer: &str,
    reading: &mut Reading,
) -> String {
    if elsewhere {
        let place = format!("{pointer}/{}", token(table.id));
        reading.refuse(
            &place,
            "duplicate",
            "belongs to an object with another parent",
        );
    }
    if let Some(number) = table.id_kind.counted(&id) {
        work.tx.advance_past(number);
    }
    id
}

/// Generates an identifier that no object of the tenant has; imported ones may have any.
fn fresh_id(
    work: &mut UnitOfWork<'_>,
    table: &'static Table,
    now: Instant,
) -> Result<String, Problem> {
    loop {
        let number = work.tx.number();
        let id = table.id_kind.make(now, number, work.tx.seed());
        if work.tx.find(table, &work.tenant, &id)?.is_none() {
            return Ok(id);
        }
    }
}

/// Records children of one body that conflict with each other, at each of them.
fn refuse_twins<C: Resource>(
    table: &'static Table,
    made: &[(C, Row, String)],
    reading: &mut Reading,
) {
    let again = repeated(made.iter().map(|(_, row, _)| Some(row.id.as_str())));
    for at in again {
        let place = format!("{}/{}", made[at].2, table.id);
        reading.refuse(&place, "duplicate", "occurs twice in this body");
    }
    for unique in table.unique {
        let values = made.iter().map(|(_, row, _)| values(table, unique, row));
        for at in repeated(values) {
            for member in unique.members {
                let place = format!("{}/{member}", made[at].2);
                reading.refuse(&place, "duplicate", "occurs twice in this body");
            }
        }
    }
}

/// The indexes of values that occur more than once.
fn repeated<V: Eq + Hash>(values: impl Iterator<Item = Option<V>>) -> Vec<usize> {
    let mut places: HashMap<V, Vec<usize>> = HashMap::new();
    for (at, value) in values.enumerate() {
        if let Some(value) = value {
            places.entry(value).or_default().push(at);
        }
    }
    let several = places.into_values().filter(|places| places.len() > 1);
    let mut several: Vec<usize> = several.flatten().collect();
    several.sort_unstable();
    several
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn every_place_of_a_value_that_occurs_again_is_found_in_order() {
        let values = [Some(1), None, Some(2), Some(1), None, Some(3), Some(2)];
        assert_eq!(repeated(values.into_iter()), [0, 2, 3, 6]);
    }
}
