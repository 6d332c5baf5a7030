//! Columns: what filters, sort keys and unique fields need beside the object's text.

use fieldproof_spec::model::{Field, Op, Resource};

use super::Plan;
use super::order::{ranged, stamped};
use super::word::Numbered;
use crate::filter::{Asks, operation};
use crate::kind::{ColumnKind, kind};

/// A column and what it is computed from.
pub(crate) struct Column<'a> {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
    pub(crate) field: &'a Field,
    /// Another order of a joined field's parts; empty for the field itself.
    pub(crate) parts: Vec<String>,
}

/// The columns of a resource in the order of its fields, other orders last.
pub(crate) fn columns<'a>(plan: &Plan<'_>, resource: &'a Resource) -> Vec<Column<'a>> {
    let thing = plan.thing(&resource.name);
    let mut names = Numbered::default();
    let mut columns: Vec<Column<'_>> = Vec::new();
    for field in &resource.fields {
        if is_needed(resource, field) {
            columns.push(Column {
                name: names.next(thing.member(&field.name).to_owned()),
                kind: stored(field),
                field,
                parts: Vec::new(),
            });
        }
        if stored(field) == ColumnKind::Folded && is_asked_exactly(resource, field) {
            columns.push(Column {
                name: names.next(format!("{}_exact", thing.member(&field.name))),
                kind: ColumnKind::Text,
                field,
                parts: Vec::new(),
            });
        }
    }
    for filter in resource.list.iter().flat_map(|list| &list.filters) {
        if let (false, Some(field)) = (filter.or_join.is_empty(), resource.field(&filter.field)) {
            columns.push(Column {
                name: names.next(format!("{}_reordered", thing.member(&field.name))),
                kind: ColumnKind::Text,
                field,
                parts: filter.or_join.clone(),
            });
        }
    }
    columns
}

fn is_needed(resource: &Resource, field: &Field) -> bool {
    let filtered = || {
        let mut filters = resource.list.iter().flat_map(|list| &list.filters);
        filters.any(|filter| {
            let named = filter.field == field.name || filter.or.contains(&field.name);
            named && ranged(resource, filter.op, &field.name).is_none()
        })
    };
    let sorted = || {
        let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
        sort.is_some_and(|sort| sort.keys.contains(&field.name))
            && stamped(resource, &field.name).is_none()
    };
    let combined = || {
        resource
            .unique
            .iter()
            .any(|unique| unique.fields.contains(&field.name))
    };
    let named = || {
        let also = resource.get.iter().flat_map(|get| &get.also);
        let distinct = resource.distinct.iter().flat_map(|one| &one.fields);
        let mut names = also.map(|(name, _)| name).chain(distinct);
        names.any(|name| *name == field.name)
    };
    let shared = kind(&field.ty).shared().is_some();
    field.name != resource.id
        && (shared || field.unique.is_some() || named() || filtered() || sorted() || combined())
}

/// Whether a filter or a read asks for the text as it is, of which upper and lower case
/// are one where it may occur only once.
fn is_asked_exactly(resource: &Resource, field: &Field) -> bool {
    let exactly = |op: Op| operation(op).asks == Asks::Value;
    let mut filters = resource.list.iter().flat_map(|list| &list.filters);
    let mut also = resource.get.iter().flat_map(|get| &get.also);
    filters.any(|filter| {
        let named = filter.field == field.name || filter.or.contains(&field.name);
        named && exactly(filter.op)
    }) || also.any(|(name, op)| *name == field.name && exactly(*op))
}

fn stored(field: &Field) -> ColumnKind {
    match field.list {
        true => ColumnKind::List,
        false => kind(&field.ty).column(field),
    }
}

/// The column of a field that an operation compares: the text as it is, where that is
/// asked for and another column than that of the field itself has it.
pub(crate) fn asked(columns: &[Column<'_>], field: &str, op: Op) -> usize {
    let first = own(columns, field);
    let exact = |column: &Column<'_>| {
        column.field.name == field && column.parts.is_empty() && column.kind == ColumnKind::Text
    };
    let exactly = operation(op).asks == Asks::Value;
    let other = columns.iter().rposition(exact).filter(|_| exactly);
    other.unwrap_or(first)
}

/// The column of the field itself.
pub(crate) fn own(columns: &[Column<'_>], field: &str) -> usize {
    let own = |column: &Column<'_>| column.field.name == field && column.parts.is_empty();
    columns
        .iter()
        .position(own)
        .expect("every used field has a column")
}
