//! Booleans.

use fieldproof_spec::model::{Asks, Field, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use super::stored::{ColumnKind, Reading};
use crate::plan::Plan;
use crate::shape::{folded, shaped};

/// The texts that are accepted, in any case.
const TEXTS: [&str; 4] = ["true", "false", "1", "0"];

/// A boolean.
pub(super) struct Boolean;

impl<'a> Kind<'a> for Boolean {
    fn ty(&self, _: At<'_>) -> TokenStream {
        quote!(bool)
    }

    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        named("Flag")
    }

    fn literal(&self, _: At<'_>, value: &Value) -> TokenStream {
        let flag = value.as_bool().unwrap_or_default();
        quote!(#flag)
    }

    fn is_cheap(&self) -> bool {
        true
    }

    fn column(&self, _: &Field) -> ColumnKind {
        ColumnKind::Number
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::Flag
    }

    fn parameter_schema(&self, _: Asks) -> Value {
        shaped(&folded(&TEXTS))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "boolean" })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        json!({
            "type": ["boolean", "integer", "string"],
            "enum": [true, false, 1, 0, "true", "false"],
        })
    }

    fn lenient(&self, _: Value) -> Value {
        let plain = json!({ "type": ["boolean", "integer"], "enum": [true, false, 1, 0] });
        json!({ "anyOf": [plain, shaped(&folded(&TEXTS))] })
    }
}
