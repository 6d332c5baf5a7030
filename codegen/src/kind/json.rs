//! Common parts of types whose values are kept as JSON.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// The type of any value.
pub(super) fn any() -> TokenStream {
    quote!(::serde_json::Value)
}

/// The type of any object.
pub(super) fn object() -> TokenStream {
    quote!(::serde_json::Map<String, ::serde_json::Value>)
}

/// A value given in the spec.
pub(super) fn literal(value: &Value) -> TokenStream {
    let text = value.to_string();
    quote!(serde_json::from_str(#text).unwrap_or_default())
}

/// The function that makes an empty object.
pub(super) fn empty_object(value: &Value) -> Option<TokenStream> {
    let none = value.is_null() || value.as_object().is_some_and(|map| map.is_empty());
    none.then(|| quote!(::serde_json::Map::new))
}

/// The function that makes `null`.
pub(super) fn null(value: &Value) -> Option<TokenStream> {
    value
        .is_null()
        .then(|| quote!(::serde_json::Value::default))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{empty_object, null};

    #[test]
    fn an_empty_object_is_none_of_the_values_that_are_null() {
        assert!(null(&json!({})).is_none());
        assert!(null(&json!(null)).is_some());
        assert!(empty_object(&json!({})).is_some());
        assert!(empty_object(&json!({ "a": 1 })).is_none());
    }
}
