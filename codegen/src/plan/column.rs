//! Columns: what filters, sort keys and unique fields need beside the object's text.

use fieldproof_spec::model::{Field, Op, Resource, Type};

use super::Plan;
use super::word::Numbered;

/// A column and what it is computed from.
pub(crate) struct Column<'a> {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
    pub(crate) field: &'a Field,
    /// Another order of a joined field's parts; empty for the field itself.
    pub(crate) parts: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    Text,
    External,
    Number,
    Folded,
    List,
}

/// What a list is ordered by, or what a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Id,
    Created,
    Updated,
    Column(usize),
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
                kind: kind(field),
                field,
                parts: Vec::new(),
            });
        }
    }
    for filter in resource.list.iter().flat_map(|list| &list.filters) {
        if let (false, Some(field)) = (filter.or_join.is_empty(), resource.field(&filter.field)) {
            columns.push(Column {
                name: names.next(format!("{}_{}", thing.member(&field.name), columns.len())),
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
    let shared = matches!(field.ty, Type::Shared(_));
    field.name != resource.id
        && (shared || field.unique.is_some() || named() || filtered() || sorted() || combined())
}

fn kind(field: &Field) -> ColumnKind {
    match &field.ty {
        _ if field.list => ColumnKind::List,
        Type::Email { .. } if field.unique.is_some() => ColumnKind::Folded,
        Type::ExternalId => ColumnKind::External,
        Type::Boolean | Type::Integer { .. } | Type::Decimal { .. } | Type::DateTime(_) => {
            ColumnKind::Number
        }
        _ => ColumnKind::Text,
    }
}

/// The moment that the server stamps into the field.
fn stamped(resource: &Resource, field: &str) -> Option<Order> {
    let times = resource.times.as_ref()?;
    match field {
        name if name == times.created => Some(Order::Created),
        name if name == times.updated => Some(Order::Updated),
        _ => None,
    }
}

/// What a sort key orders by: stamped moments are finer than their text.
pub(crate) fn sorted_by(resource: &Resource, columns: &[Column<'_>], field: &str) -> Order {
    if field == resource.id {
        return Order::Id;
    }
    stamped(resource, field).unwrap_or_else(|| Order::Column(own(columns, field)))
}

/// What a filter compares of one of its fields.
pub(crate) fn compared(resource: &Resource, columns: &[Column<'_>], op: Op, field: &str) -> Order {
    if field == resource.id {
        return Order::Id;
    }
    ranged(resource, op, field).unwrap_or_else(|| Order::Column(own(columns, field)))
}

/// The stamped moment that a filter on a range of them compares.
fn ranged(resource: &Resource, op: Op, field: &str) -> Option<Order> {
    match op {
        Op::Greater | Op::AtLeast | Op::Less => {
            let zoned = resource
                .field(field)
                .is_some_and(|field| matches!(field.ty, Type::ZonedTime { .. }));
            match zoned {
                true => Some(Order::Created),
                false => stamped(resource, field),
            }
        }
        _ => None,
    }
}

/// The column of the field itself.
pub(crate) fn own(columns: &[Column<'_>], field: &str) -> usize {
    let own = |column: &Column<'_>| column.field.name == field && column.parts.is_empty();
    columns
        .iter()
        .position(own)
        .expect("every used field has a column")
}
