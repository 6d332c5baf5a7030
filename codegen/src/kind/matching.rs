//! Texts that match a regular expression.

use fieldproof_spec::model::IdKind;
use fieldproof_spec::pattern::Pattern;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::{bounded, named};
use super::text::Text;
use crate::plan::Plan;
use crate::shape::text;

/// A text with bounds on its length in which an expression matches.
pub(super) struct Matching<'a> {
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) pattern: &'a Pattern,
}

impl<'a> Kind<'a> for Matching<'a> {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        let (rule, text) = (named("Pattern"), self.pattern.rust());
        let inner = bounded("Text", &[self.min, self.max]);
        quote!(#rule(::fieldproof_runtime::regular!(#text), #inner))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        let pattern = self.pattern.text();
        json!({ "type": "string", "minLength": self.min, "maxLength": self.max, "pattern": pattern })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        let mut schema = text(self.min, self.max);
        schema["allOf"] = json!([{ "pattern": self.pattern.text() }]);
        schema
    }

    fn lenient(&self, schema: Value) -> Value {
        // A schema cannot express which numbers match as texts.
        let (min, max) = (self.min, self.max);
        Text { min, max }.lenient(schema)
    }

    fn shortest(&self) -> u32 {
        self.min
    }
}
