//! How a table is listed: pages, orders, filters.

use fieldproof_spec::model::{
    Envelope, EnvelopeWhen, Field, Filter, List, Op, Order as Way, Resource, Sort, Type,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::id_kind::id_kind;
use crate::paging;
use crate::plan::{Column, Order, compared, form_name, sorted_by};

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
        .map(|one| filter(resource, all, one));
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

fn filter(resource: &Resource, all: &[Column<'_>], filter: &Filter) -> TokenStream {
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
    let read = field.map_or_else(|| quote!(Exact), |field| read(resource, field, filter.op));
    let most = Literal::u32_unsuffixed(filter.most());
    let op = match filter.op {
        Op::Equals | Op::EqualsFolded => quote!(Equals),
        Op::Greater => quote!(Greater),
        Op::AtLeast => quote!(AtLeast),
        Op::Less => quote!(Less),
        Op::ContainsWords => quote!(Words(#most)),
        Op::HasAll => quote!(All(#most)),
    };
    quote! {
        ::fieldproof_runtime::table::Filter {
            names: &[#(#names),*],
            fields: &[#(#fields),*],
            op: ::fieldproof_runtime::table::Op::#op,
            read: ::fieldproof_runtime::table::FilterValue::#read,
        }
    }
}

fn read(resource: &Resource, field: &Field, op: Op) -> TokenStream {
    match &field.ty {
        Type::Id => {
            let kind = id_kind(resource.id_kind);
            quote!(Id(::fieldproof_runtime::value::IdKind::#kind))
        }
        Type::Boolean => quote!(Flag),
        Type::Integer { .. } => quote!(Integer),
        Type::Decimal { .. } => quote!(Decimal),
        Type::Values(values) if op != Op::ContainsWords && op != Op::EqualsFolded => {
            quote!(OneOf(&[#(#values),*]))
        }
        Type::ZonedTime { .. } => quote!(Time(::fieldproof_runtime::value::Form::Local)),
        Type::DateTime(form) => {
            let form = form_name(*form);
            quote!(Time(::fieldproof_runtime::value::Form::#form))
        }
        Type::ExternalId => quote!(External),
        ty if has_phone(ty) => quote!(FoldedPhone),
        _ if matches!(op, Op::EqualsFolded | Op::ContainsWords) => quote!(Folded),
        _ => quote!(Exact),
    }
}

fn has_phone(ty: &Type) -> bool {
    match ty {
        Type::Phone => true,
        Type::Choice { of, .. } => of.iter().any(|(_, ty)| has_phone(ty)),
        _ => false,
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
