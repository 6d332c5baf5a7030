//! Rules of the runtime, as expressions.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::number::number as literal;

/// The path of a rule.
pub(super) fn named(name: &str) -> TokenStream {
    let name = format_ident!("{name}");
    quote!(::fieldproof_runtime::body::rule::#name)
}

/// A rule with bounds on lengths.
pub(super) fn bounded(name: &str, bounds: &[u32]) -> TokenStream {
    let rule = named(name);
    let bounds = bounds.iter().map(|bound| literal((*bound).into()));
    quote!(#rule::new(#(#bounds),*))
}

/// The rule of texts that the server generates, or whose rule depends on a sibling: the text in
/// a body is only read.
pub(super) fn any_text() -> TokenStream {
    let rule = named("Text");
    quote!(#rule::ANY)
}

/// The rule of a nested object, given the path of its type.
pub(super) fn nested(path: &TokenStream) -> TokenStream {
    quote!(::fieldproof_runtime::body::rule::Nested::<#path>::new())
}

/// The rule with reserved texts refused.
pub(super) fn refusing(rule: TokenStream, texts: &[String]) -> TokenStream {
    match texts {
        [] => rule,
        texts => quote!(::fieldproof_runtime::body::rule::Reserved(&[#(#texts),*], #rule)),
    }
}

/// A bound of a range.
pub(super) fn number(number: i64) -> TokenStream {
    match number {
        i64::MIN => quote!(i64::MIN),
        i64::MAX => quote!(i64::MAX),
        number => literal(number),
    }
}
