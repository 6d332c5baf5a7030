//! Code that merges an update into a value, member by member.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Merge;

/// Merges the member of the update `from` into that of `to`.
pub(super) fn merge(one: &Merge, from: &TokenStream, to: &TokenStream) -> TokenStream {
    let name = &one.name;
    match one.itself {
        true => quote!(#from.#name.merge(&mut #to.#name);),
        false => quote!(::fieldproof_runtime::body::set(&mut #to.#name, #from.#name);),
    }
}
