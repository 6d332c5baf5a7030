//! Objects with any members.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::json::{empty_object, literal, object};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::map;

/// Any JSON object.
pub(super) struct Map;

impl<'a> Kind<'a> for Map {
    fn ty(&self, _: At<'_>) -> TokenStream {
        object()
    }

    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        named("Map")
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

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "object" })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        map()
    }
}
