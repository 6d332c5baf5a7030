//! How a table is listed: pages, orders, filters.

use fieldproof_spec::model::{Envelope, EnvelopeWhen, Filter, List, Order as Way, Resource, Sort};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::column::by;
use crate::filter::{self, operation};
use crate::kind::{Reading, kind};
use crate::paging;
use crate::plan::{Column, Order, Plan, compared, sorted_by};
use crate::rust::literal::Literal;

pub(super) fn list(
    plan: &Plan<'_>,
    resource: &Resource,
    all: &[Column<'_>],
    list: Option<&List>,
) -> Literal {
    let page = list.and_then(|list| list.page.as_ref());
    let page = page.map(|(page, _)| paging::emitted(page));
    let order = list.and_then(|list| list.sort.as_ref());
    let filters = list.iter().flat_map(|list| &list.filters);
    let envelope = list.and_then(|list| list.envelope.as_ref()).map(envelope);
    let intervals = list.iter().flat_map(|list| &list.intervals);
    let intervals = intervals.map(|interval| {
        let (from, to) = (&interval.from, &interval.to);
        quote!((#from, #to))
    });
    Literal::new(quote!(::fieldproof_runtime::table::List))
        .some("page", page)
        .some("envelope", envelope)
        .some("sort", order.map(|one| sort(plan, resource, all, one)))
        .list("intervals", intervals)
        .list(
            "filters",
            filters.map(|one| selected(plan, resource, all, one)),
        )
}

fn envelope(envelope: &Envelope) -> TokenStream {
    let name = |name: &Option<String>| name.as_ref().map(ToTokens::to_token_stream);
    Literal::new(quote!(::fieldproof_runtime::table::Envelope))
        .with("items", envelope.items.to_token_stream())
        .some("total", name(&envelope.total))
        .some("pages", name(&envelope.pages))
        .some("page", name(&envelope.page))
        .flag("paged", envelope.when == EnvelopeWhen::Paged)
        .print()
}

fn sort(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>], sort: &Sort) -> TokenStream {
    let (name, order) = (&sort.by, &sort.order);
    let of = |key: &str| by(plan, resource, all, sorted_by(resource, all, key));
    let keys = sort.keys.iter().map(|key| {
        let order = of(key);
        quote!((#key, #order))
    });
    let default = of(&sort.default);
    let descending = sort.default_order == Way::Desc;
    quote! {
        ::fieldproof_runtime::table::Sort { by: #name, order: #order, keys: &[#(#keys),*], default: #default, descending: #descending }
    }
}

fn selected(
    plan: &Plan<'_>,
    resource: &Resource,
    all: &[Column<'_>],
    filter: &Filter,
) -> TokenStream {
    let names = &filter.names;
    let names_of = std::iter::once(&filter.field).chain(&filter.or);
    let mut orders: Vec<Order> = names_of
        .map(|name| compared(resource, all, filter.op, name))
        .collect();
    let other = |column: &Column<'_>| column.field.name == filter.field && !column.parts.is_empty();
    if !filter.or_join.is_empty() {
        orders.extend(all.iter().position(other).map(Order::Column));
    }
    let fields = orders
        .into_iter()
        .map(|order| by(plan, resource, all, order));
    let field = resource.field(&filter.field);
    let (op, asks) = (filter::emitted(filter), operation(filter.op).asks);
    let kind = field.map(|field| kind(&field.ty));
    let read = kind.map_or(Reading::Exact, |kind| {
        kind.filter_value(asks, resource.id_kind)
    });
    let read = read.emitted();
    quote! {
        ::fieldproof_runtime::table::Filter {
            names: &[#(#names),*],
            fields: &[#(#fields),*],
            op: #op,
            read: #read,
        }
    }
}
