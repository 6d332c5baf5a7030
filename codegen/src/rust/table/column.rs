//! Columns: their list, and how the table refers to one.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Code, Order, Resource};
use crate::rust::doc::plain;

/// The columns of a resource with their values, if it has any.
pub(super) fn described(one: &Resource) -> Option<TokenStream> {
    let all = &one.table.columns;
    let columns = all.iter().map(|column| {
        let (name, value) = (&column.name, &column.value);
        let constructor = format_ident!("{}", column.constructor);
        quote!(::fieldproof_runtime::resource::Column::#constructor(#name, |object| #value))
    });
    let count = Literal::usize_unsuffixed(all.len());
    let name = &one.path;
    let joined = all.iter().filter(|one| one.constructor == "joined");
    let joined: Vec<&str> = joined.map(|one| one.name.as_str()).collect();
    let also = match joined.as_slice() {
        [] => String::new(),
        names => format!(
            "; `{}` is for filters, which find a joined text in another order as well",
            names.join("`, `")
        ),
    };
    let about = plain(&format!(
        "The columns of `{}` in the store{also}.",
        one.table.resource
    ));
    (!all.is_empty()).then(|| {
        quote! {
            #about
            pub(super) const COLUMNS: ::fieldproof_runtime::resource::Columns<#name, #count> =
                ::fieldproof_runtime::resource::Columns([#(#columns),*]);
        }
    })
}

/// The index of a column.
pub(super) fn at(place: &Code, column: &str) -> TokenStream {
    quote!(#place::table::COLUMNS.at(#column))
}

/// What a list is sorted by, or a filter compares.
pub(super) fn by(place: &Code, order: &Order) -> TokenStream {
    match order {
        Order::Id => quote!(::fieldproof_runtime::table::Attribute::Id),
        Order::Created => quote!(::fieldproof_runtime::table::Attribute::Created),
        Order::Updated => quote!(::fieldproof_runtime::table::Attribute::Updated),
        Order::Column(name) => quote!(#place::table::COLUMNS.by(#name)),
    }
}
