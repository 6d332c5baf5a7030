//! How a table is listed: pages, orders, filters.

use fieldproof_spec::model::{Envelope, EnvelopeWhen, Filter, List, Order as Way, Resource, Sort};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::filter::{self, operation};
use crate::kind::{Reading, kind};
use crate::paging;
use crate::plan::{Column, Order, compared, sorted_by};

pub(super) fn list(resource: &Resource, all: &[Column<'_>], list: Option<&List>) -> TokenStream {
    let page = list.and_then(|list| list.page.as_ref());
    let page = page.map(|(page, _)| {
        let page = paging::emitted(page);
        quote!(Some(#page))
    });
    let page = page.unwrap_or_else(|| quote!(None));
    let sort = list.and_then(|list| list.sort.as_ref()).map(|one| {
        let sort = sort(resource, all, one);
        quote!(Some(#sort))
    });
    let sort = sort.unwrap_or_else(|| quote!(None));
    let filters = list
        .iter()
        .flat_map(|list| &list.filters)
        .map(|one| selected(resource, all, one));
    let envelope = list.and_then(|list| list.envelope.as_ref()).map(envelope);
    let envelope = envelope.unwrap_or_else(|| quote!(None));
    let intervals = list
        .iter()
        .flat_map(|list| &list.intervals)
        .map(|interval| {
            let (from, to) = (&interval.from, &interval.to);
            quote!((#from, #to))
        });
    quote! {
        ::fieldproof_runtime::table::List {
            page: #page,
            envelope: #envelope,
            sort: #sort,
            intervals: &[#(#intervals),*],
            filters: &[#(#filters),*],
        }
    }
}

fn envelope(envelope: &Envelope) -> TokenStream {
    let name = |name: &Option<String>| match name {
        Some(name) => quote!(Some(#name)),
        None => quote!(None),
    };
    let items = &envelope.items;
    let (total, pages, page) = (
        name(&envelope.total),
        name(&envelope.pages),
        name(&envelope.page),
    );
    let paged = envelope.when == EnvelopeWhen::Paged;
    quote! {
        Some(::fieldproof_runtime::table::Envelope { items: #items, total: #total, pages: #pages, page: #page, paged: #paged })
    }
}

fn sort(resource: &Resource, all: &[Column<'_>], sort: &Sort) -> TokenStream {
    let (by, order) = (&sort.by, &sort.order);
    let keys = sort.keys.iter().map(|key| {
        let order = order_by(sorted_by(resource, all, key));
        quote!((#key, #order))
    });
    let default = order_by(sorted_by(resource, all, &sort.default));
    let descending = sort.default_order == Way::Desc;
    quote! {
        ::fieldproof_runtime::table::Sort { by: #by, order: #order, keys: &[#(#keys),*], default: #default, descending: #descending }
    }
}

fn selected(resource: &Resource, all: &[Column<'_>], filter: &Filter) -> TokenStream {
    let names = &filter.names;
    let names_of = std::iter::once(&filter.field).chain(&filter.or);
    let mut fields: Vec<TokenStream> = names_of
        .map(|name| order_by(compared(resource, all, filter.op, name)))
        .collect();
    let other = |column: &Column<'_>| column.field.name == filter.field && !column.parts.is_empty();
    if !filter.or_join.is_empty() {
        fields.extend(
            all.iter()
                .position(other)
                .map(|at| order_by(Order::Column(at))),
        );
    }
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

pub(super) fn order_by(order: Order) -> TokenStream {
    match order {
        Order::Id => quote!(::fieldproof_runtime::table::OrderBy::Id),
        Order::Created => quote!(::fieldproof_runtime::table::OrderBy::Created),
        Order::Updated => quote!(::fieldproof_runtime::table::OrderBy::Updated),
        Order::Column(at) => {
            let at = Literal::usize_unsuffixed(at);
            quote!(::fieldproof_runtime::table::OrderBy::Column(#at))
        }
    }
}
