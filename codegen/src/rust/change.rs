//! Code that merges an update into a value, member by member.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Set;

/// Sets the member of `to` to what the update `from` says about it.
pub(super) fn set(one: &Set, from: &TokenStream, to: &TokenStream) -> TokenStream {
    let name = &one.name;
    let kept = match one.boxed {
        false => quote!(&mut #to.#name),
        true => quote!(#to.#name.as_mut()),
    };
    quote!(::fieldproof_runtime::body::set(#kept, #from.#name);)
}
