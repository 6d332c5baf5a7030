//! Common parts of types whose texts are stored as they were sent.

use fieldproof_spec::model::Asks;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::stored::Reading;

/// A value given in the spec.
pub(super) fn literal(value: &Value) -> TokenStream {
    match value.as_str() {
        Some(text) => quote!(#text.to_owned()),
        None => quote!(Default::default()),
    }
}

/// The function that makes an empty value.
pub(super) fn empty(value: &Value) -> Option<TokenStream> {
    match value {
        Value::Null => Some(quote!(Default::default)),
        Value::String(text) if text.is_empty() => Some(quote!(String::new)),
        _ => None,
    }
}

/// How the value of a filter is parsed.
pub(super) fn reading<'a>(asks: Asks) -> Reading<'a> {
    match asks.is_folded() {
        true => Reading::Folded,
        false => Reading::Exact,
    }
}
