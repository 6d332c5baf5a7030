//! What lists are sorted by, and what filters compare.

use fieldproof_spec::model::{Field, Op, Resource};

use serde::Serialize;

use super::column::{Column, asked, sorted};
use crate::kind::{Origin, kind};

/// What a list is sorted by, or what a filter compares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Order {
    Id,
    Created,
    Updated,
    /// The column with this name.
    Column(String),
}

/// The time that the server writes into the field, if it does.
pub(super) fn stamped(resource: &Resource, field: &str) -> Option<Order> {
    let times = resource.times.as_ref()?;
    match field {
        name if name == times.created => Some(Order::Created),
        name if name == times.updated => Some(Order::Updated),
        _ => None,
    }
}

/// What a sort key sorts by: stamped times are more precise than their text.
pub(super) fn sorted_by(resource: &Resource, columns: &[Column<'_>], field: &str) -> Order {
    if field == resource.id {
        return Order::Id;
    }
    stamped(resource, field).unwrap_or_else(|| Order::Column(sorted(columns, field).name.clone()))
}

/// What a filter compares in one of its fields.
pub(super) fn compared(resource: &Resource, columns: &[Column<'_>], op: Op, field: &str) -> Order {
    if field == resource.id {
        return Order::Id;
    }
    ranged(resource, op, field)
        .unwrap_or_else(|| Order::Column(asked(columns, field, op).name.clone()))
}

/// The stamped time that a range filter on the field compares.
pub(super) fn ranged(resource: &Resource, op: Op, field: &str) -> Option<Order> {
    if !op.asks().is_range() {
        return None;
    }
    let of_create = |field: &Field| kind(&field.ty).origin() == Origin::Create;
    match resource.field(field).is_some_and(of_create) {
        true => Some(Order::Created),
        false => stamped(resource, field),
    }
}
