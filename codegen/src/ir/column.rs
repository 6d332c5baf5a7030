//! Columns: values that filters, sort keys and unique fields need, stored next to the object's
//! text.

use fieldproof_spec::model::{Asks, Field, Op, Resource, TextOrder};
use quote::quote;
use serde::Serialize;

use super::code::Code;
use super::derived::joined;

use super::order::{ranged, stamped};
use crate::kind::{ColumnKind, kind};
use crate::plan::{Numbered, Plan};

/// A column and the field from which it is computed.
pub(super) struct Column<'a> {
    pub(super) name: String,
    pub(super) kind: ColumnKind,
    pub(super) field: &'a Field,
    /// A different order of a joined field's parts; empty for the field itself.
    pub(super) parts: Vec<String>,
}

/// The columns of a resource in the order of its fields, followed by reordered ones.
pub(super) fn columns<'a>(plan: &Plan<'_>, resource: &'a Resource) -> Vec<Column<'a>> {
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
        if is_sorted_by_points(resource, field) {
            columns.push(Column {
                name: names.next(format!("{}_points", thing.member(&field.name))),
                kind: ColumnKind::Exact,
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
    let sorted = || is_sort_key(resource, field) && !is_sorted_by_points(resource, field);
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

fn is_sort_key(resource: &Resource, field: &Field) -> bool {
    let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
    sort.is_some_and(|sort| sort.keys.contains(&field.name))
        && stamped(resource, &field.name).is_none()
}

/// Whether a list is sorted by the code points of a text, for which columns of other kinds
/// cannot be used.
fn is_sorted_by_points(resource: &Resource, field: &Field) -> bool {
    let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
    let points = sort.is_some_and(|sort| sort.texts == TextOrder::CodePoints);
    let text = match stored(field) {
        ColumnKind::Text | ColumnKind::External | ColumnKind::Folded | ColumnKind::Exact => true,
        ColumnKind::Number | ColumnKind::List => false,
    };
    points && text && field.name != resource.id && is_sort_key(resource, field)
}

/// Whether a filter or a read compares a text exactly that is unique ignoring case.
fn is_asked_exactly(resource: &Resource, field: &Field) -> bool {
    let exactly = |op: Op| op.asks() == Asks::Value;
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

/// The column of a field that an operation compares: the one with the exact text, if the
/// operation compares exactly and there is one.
pub(super) fn asked<'c, 'a>(columns: &'c [Column<'a>], field: &str, op: Op) -> &'c Column<'a> {
    let exact = |column: &&Column<'_>| {
        column.field.name == field && column.parts.is_empty() && column.kind == ColumnKind::Text
    };
    let exactly = op.asks() == Asks::Value;
    let other = columns.iter().rfind(exact).filter(|_| exactly);
    other.unwrap_or_else(|| own(columns, field))
}

/// The column of the field itself.
pub(super) fn own<'c, 'a>(columns: &'c [Column<'a>], field: &str) -> &'c Column<'a> {
    let own = |column: &&Column<'_>| {
        column.field.name == field && column.parts.is_empty() && column.kind != ColumnKind::Exact
    };
    let own = columns.iter().find(own);
    own.expect("every used field has a column")
}

/// The column by which a sort key sorts.
pub(super) fn sorted<'c, 'a>(columns: &'c [Column<'a>], field: &str) -> &'c Column<'a> {
    let exact =
        |column: &&Column<'_>| column.field.name == field && column.kind == ColumnKind::Exact;
    let exact = columns.iter().find(exact);
    exact.unwrap_or_else(|| own(columns, field))
}

/// A column in emitted form.
#[derive(Debug, Serialize)]
pub(crate) struct Stored {
    pub(crate) name: String,
    /// The function of the runtime that creates it.
    pub(crate) constructor: &'static str,
    /// Its value; `object` is the object.
    pub(crate) value: Code,
}

/// The columns of a resource in emitted form.
pub(super) fn stored_columns(
    plan: &Plan<'_>,
    resource: &Resource,
    all: &[Column<'_>],
) -> Vec<Stored> {
    let one = |column: &Column<'_>| {
        let own = plan.member(&resource.name, &column.field.name);
        let object = quote!(object);
        let (constructor, value) = match column.parts.is_empty() {
            true => (column.kind.constructor(), quote!(&#object.#own)),
            false => ("joined", joined(plan, resource, &column.parts, &object)),
        };
        Stored {
            name: column.name.clone(),
            constructor,
            value: value.into(),
        }
    };
    all.iter().map(one).collect()
}
