//! How a resource is listed: pages, sorting and filters.

use fieldproof_spec::model::{
    EnvelopeWhen, Filter as Filtered, List as Listed, Order as Way, Resource, Sort as Sorted,
};
use serde::Serialize;

use super::code::Code;
use super::column::Column;
use super::order::{Order, compared, sorted_by};
use crate::filter;
use crate::kind::{Reading, kind};
use crate::paging;
use crate::plan::Plan;

/// A list.
#[derive(Debug, Default, Serialize)]
pub(crate) struct List {
    pub(crate) page: Option<Code>,
    pub(crate) envelope: Option<Envelope>,
    pub(crate) sort: Option<Sort>,
    /// Pairs of filters whose bounds may be sent in either order.
    pub(crate) intervals: Vec<(String, String)>,
    pub(crate) filters: Vec<Filter>,
}

/// The object around an array.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope {
    pub(crate) items: String,
    pub(crate) total: Option<String>,
    pub(crate) pages: Option<String>,
    pub(crate) page: Option<String>,
    /// Whether it is used only when the client asks for a page.
    pub(crate) paged: bool,
}

/// How a list may be sorted.
#[derive(Debug, Serialize)]
pub(crate) struct Sort {
    pub(crate) by: String,
    pub(crate) order: String,
    pub(crate) keys: Vec<(String, Order)>,
    pub(crate) default: Order,
    pub(crate) descending: bool,
}

/// A filter.
#[derive(Debug, Serialize)]
pub(crate) struct Filter {
    pub(crate) names: Vec<String>,
    pub(crate) fields: Vec<Order>,
    /// The operation and how the value is parsed, as values of the runtime.
    pub(crate) op: Code,
    pub(crate) read: Code,
}

/// The list of a resource, if it has one.
pub(super) fn list(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>]) -> List {
    let Some(list) = &resource.list else {
        return List::default();
    };
    let intervals = list.intervals.iter();
    let filters = list.filters.iter();
    List {
        page: list
            .page
            .as_ref()
            .map(|(page, _)| paging::emitted(resource, page).into()),
        envelope: envelope(list),
        sort: list.sort.as_ref().map(|one| sort(resource, all, one)),
        intervals: intervals
            .map(|one| (one.from.clone(), one.to.clone()))
            .collect(),
        filters: filters
            .map(|one| selected(plan, resource, all, one))
            .collect(),
    }
}

fn envelope(list: &Listed) -> Option<Envelope> {
    let envelope = list.envelope.as_ref()?;
    Some(Envelope {
        items: envelope.items.clone(),
        total: envelope.total.clone(),
        pages: envelope.pages.clone(),
        page: envelope.page.clone(),
        paged: envelope.when == EnvelopeWhen::Paged,
    })
}

fn sort(resource: &Resource, all: &[Column<'_>], sort: &Sorted) -> Sort {
    let of = |key: &str| sorted_by(resource, all, key);
    Sort {
        by: sort.by.clone(),
        order: sort.order.clone(),
        keys: sort.keys.iter().map(|key| (key.clone(), of(key))).collect(),
        default: of(&sort.default),
        descending: sort.default_order == Way::Desc,
    }
}

fn selected(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>], filter: &Filtered) -> Filter {
    let names = std::iter::once(&filter.field).chain(&filter.or);
    let mut fields: Vec<Order> = names
        .map(|name| compared(resource, all, filter.op, name))
        .collect();
    if !filter.or_join.is_empty() {
        let other = |one: &&Column<'_>| one.field.name == filter.field && !one.parts.is_empty();
        let other = all.iter().find(other);
        fields.extend(other.map(|column| Order::Column(column.name.clone())));
    }
    let asks = filter.op.asks();
    let kind = resource.field(&filter.field).map(|field| kind(&field.ty));
    let read = kind.map_or(Reading::Exact, |kind| {
        kind.filter_value(asks, resource.id_kind)
    });
    Filter {
        names: filter.names.clone(),
        fields,
        op: filter::emitted(filter).into(),
        read: read
            .emitted(|| plan.values_path(&resource.name, &filter.field))
            .into(),
    }
}
