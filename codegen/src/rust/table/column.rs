//! Columns: the one list of them, and how the table names one.

use fieldproof_spec::model::Resource;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::plan::{Column, Order, Plan, own};
use crate::rust::doc::plain;
use crate::rust::resource::joined;

/// The columns of a resource with their values, where it has some.
pub(super) fn described(
    plan: &Plan<'_>,
    resource: &Resource,
    all: &[Column<'_>],
) -> Option<TokenStream> {
    let columns = all.iter().map(|column| {
        let (name, parts) = (&column.name, &column.parts);
        let member = plan.member(&resource.name, &column.field.name);
        let path = quote!(::fieldproof_runtime::resource::Column);
        if !parts.is_empty() {
            let value = joined(plan, resource, parts, &quote!(own));
            return quote!(#path::joined(#name, |own| #value));
        }
        let kind = format_ident!("{}", column.kind.constructor());
        quote!(#path::#kind(#name, |own| &own.#member))
    });
    let count = Literal::usize_unsuffixed(all.len());
    let name = plan.path(&resource.name, "");
    let about = plain(&format!("The columns of `{}` in the store.", resource.name));
    (!all.is_empty()).then(|| {
        quote! {
            #about
            pub(super) const COLUMNS: ::fieldproof_runtime::resource::Columns<#name, #count> =
                ::fieldproof_runtime::resource::Columns([#(#columns),*]);
        }
    })
}

/// The place of a member's own column.
pub(in crate::rust) fn at(
    plan: &Plan<'_>,
    resource: &Resource,
    all: &[Column<'_>],
    member: &str,
) -> TokenStream {
    placed(plan, resource, &all[own(all, member)])
}

/// The place of a column.
pub(super) fn placed(plan: &Plan<'_>, resource: &Resource, column: &Column<'_>) -> TokenStream {
    let (columns, name) = (plan.columns(&resource.name), &column.name);
    quote!(#columns.at(#name))
}

/// What a list is ordered by, or a filter compares.
pub(super) fn by(
    plan: &Plan<'_>,
    resource: &Resource,
    all: &[Column<'_>],
    order: Order,
) -> TokenStream {
    match order {
        Order::Id => quote!(::fieldproof_runtime::table::OrderBy::Id),
        Order::Created => quote!(::fieldproof_runtime::table::OrderBy::Created),
        Order::Updated => quote!(::fieldproof_runtime::table::OrderBy::Updated),
        Order::Column(at) => {
            let (columns, name) = (plan.columns(&resource.name), &all[at].name);
            quote!(#columns.by(#name))
        }
    }
}
