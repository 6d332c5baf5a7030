//! How a table is listed: pages, sorting and filters.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::column::by;
use crate::ir::{Code, Envelope, Filter, List, Sort};
use crate::rust::literal::Literal;

/// The list of the resource at `place`.
pub(super) fn list(place: &Code, list: &List) -> Literal {
    let page = list.page.as_ref().map(ToTokens::to_token_stream);
    let intervals = list.intervals.iter();
    let filters = list.filters.iter();
    Literal::new(quote!(::fieldproof_runtime::table::List))
        .some("page", page)
        .some("envelope", list.envelope.as_ref().map(envelope))
        .some("sort", list.sort.as_ref().map(|one| sort(place, one)))
        .list(
            "intervals",
            intervals.map(|(from, to)| quote!((#from, #to))),
        )
        .list("filters", filters.map(|one| selected(place, one)))
}

fn envelope(envelope: &Envelope) -> TokenStream {
    let name = |name: &Option<String>| name.as_ref().map(ToTokens::to_token_stream);
    Literal::new(quote!(::fieldproof_runtime::table::Envelope))
        .with("items", envelope.items.to_token_stream())
        .some("total", name(&envelope.total))
        .some("pages", name(&envelope.pages))
        .some("page", name(&envelope.page))
        .flag("paged", envelope.paged)
        .print()
}

fn sort(place: &Code, sort: &Sort) -> TokenStream {
    let Sort {
        by: name,
        order,
        descending,
        ..
    } = sort;
    let keys = sort.keys.iter().map(|(key, order)| {
        let order = by(place, order);
        quote!((#key, #order))
    });
    let default = by(place, &sort.default);
    quote! {
        ::fieldproof_runtime::table::Sort { by: #name, order: #order, keys: &[#(#keys),*], default: #default, descending: #descending }
    }
}

fn selected(place: &Code, filter: &Filter) -> TokenStream {
    let Filter {
        names,
        fields,
        op,
        read,
    } = filter;
    let fields = fields.iter().map(|order| by(place, order));
    quote! {
        ::fieldproof_runtime::table::Filter::new(&[#(#names),*], &[#(#fields),*], #op, #read)
    }
}
