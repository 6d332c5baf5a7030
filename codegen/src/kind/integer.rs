//! Whole numbers.

use fieldproof_spec::model::{Asks, Field, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::{named, number};
use super::stored::{ColumnKind, Reading};
use crate::number::number as literal;

/// A whole number in a range.
pub(super) struct Integer {
    pub(super) min: i64,
    pub(super) max: i64,
}

impl<'a> Kind<'a> for Integer {
    fn ty(&self, _: At<'_>) -> TokenStream {
        quote!(i64)
    }

    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        let (rule, min, max) = (named("Integer"), number(self.min), number(self.max));
        quote!(#rule::new(#min, #max))
    }

    fn literal(&self, _: At<'_>, value: &Value) -> TokenStream {
        let number = literal(value.as_i64().unwrap_or_default());
        quote!(#number)
    }

    fn is_cheap(&self) -> bool {
        true
    }

    fn column(&self, _: &Field) -> ColumnKind {
        ColumnKind::Number
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::Integer
    }

    fn parameter_schema(&self, _: Asks) -> Value {
        json!({ "type": "integer" })
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "integer", "minimum": self.min, "maximum": self.max })
    }

    fn lenient(&self, mut schema: Value) -> Value {
        schema["type"] = json!(["integer", "string"]);
        schema["pattern"] = match self.min < 0 {
            true => "^-?[0-9]+$".into(),
            false => "^(?:-0+|[0-9]+)$".into(),
        };
        schema
    }
}
