//! HTTP header fields.

use fieldproof_spec::model::{Field, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::json::{empty_object, literal, object};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::caseless;

/// The name of a header field (RFC 9110 section 5.1).
const FIELD: &str = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";

/// The value of a header field, without leading or trailing blanks.
const VALUE: &str = "^(?:[!-~](?:[\\u0009 -~]*[!-~])?)?$";
/// HTTP header fields by name.
pub(super) struct Headers;

impl<'a> Kind<'a> for Headers {
    fn ty(&self, _: At<'_>) -> TokenStream {
        object()
    }

    fn rule(&self, at: At<'_>, _: Body) -> TokenStream {
        let rule = named("Headers");
        let reserved = at.field.reserved.iter();
        let reserved = reserved.map(|name| name.to_ascii_lowercase());
        quote!(#rule { reserved: &[#(#reserved),*] })
    }

    /// The rule itself refuses reserved names.
    fn refusing(&self, rule: TokenStream, _: &[String]) -> TokenStream {
        rule
    }

    fn literal(&self, _: At<'_>, value: &Value) -> TokenStream {
        literal(value)
    }

    fn empty(&self, value: &Value) -> Option<TokenStream> {
        empty_object(value)
    }

    fn patched(&self, _: &Plan<'_>) -> Option<TokenStream> {
        Some(quote!(Patch))
    }

    /// `null` removes a field in a patch but is illegal otherwise.
    fn is_patched_freely(&self) -> bool {
        true
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "object", "additionalProperties": { "type": "string" } })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        headers(&[])
    }

    fn member_schema(&self, _: &Plan<'_>, field: &Field, _: Body) -> Value {
        headers(&field.reserved)
    }

    fn without(&self, schema: Value, _: &[String]) -> Value {
        schema
    }
}

/// The schema of header fields in bodies.
fn headers(reserved: &[String]) -> Value {
    let mut names = json!({ "pattern": FIELD });
    if !reserved.is_empty() {
        names["not"] = json!({ "pattern": any_of(reserved) });
    }
    json!({
        "type": "object",
        "maxProperties": 50,
        "propertyNames": names,
        "additionalProperties": { "type": "string", "maxLength": 4000, "pattern": VALUE },
    })
}

/// A pattern for these names in any case; a `*` at the end matches any rest.
fn any_of(names: &[String]) -> String {
    let one = |name: &String| match name.strip_suffix('*') {
        Some(start) => caseless(start) + ".*",
        None => caseless(name),
    };
    let all: Vec<String> = names.iter().map(one).collect();
    format!("^(?:{})$", all.join("|"))
}

#[cfg(test)]
mod tests {
    use super::any_of;

    #[test]
    fn a_star_is_any_rest_of_a_name() {
        assert_eq!(any_of(&["x-*".to_owned()]), "^(?:[Xx]-.*)$");
    }
}
