//! Objects and texts that contain paths.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::json::{any, literal, null};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::{TEXT, either, map, shaped};

/// An object or a text with `${JSONPath}` in its texts.
pub(super) struct Template;

impl<'a> Kind<'a> for Template {
    fn ty(&self, _: At<'_>) -> TokenStream {
        any()
    }

    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        named("Template")
    }

    fn literal(&self, _: At<'_>, value: &Value) -> TokenStream {
        literal(value)
    }

    fn empty(&self, value: &Value) -> Option<TokenStream> {
        null(value)
    }

    fn patched(&self, _: &Plan<'_>) -> Option<TokenStream> {
        Some(quote!(Patch))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": ["object", "string"] })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        either(map(), shaped(TEXT))
    }
}
