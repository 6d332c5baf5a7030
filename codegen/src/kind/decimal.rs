//! Decimal numbers, at most four digits after the point.

use fieldproof_spec::model::{self, Asks, Field, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::{named, number};
use super::stored::{ColumnKind, Reading};
use crate::number::number as literal;

/// A decimal number in a range.
pub(super) struct Decimal {
    pub(super) min: model::Decimal,
    pub(super) max: model::Decimal,
}

impl<'a> Kind<'a> for Decimal {
    fn ty(&self, _: At<'_>) -> TokenStream {
        quote!(::fieldproof_runtime::value::Decimal)
    }

    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        let rule = named("Decimal");
        match (self.min.as_whole(), self.max.as_whole()) {
            (Some(min), Some(max)) => {
                let (min, max) = (number(min), number(max));
                quote!(#rule::new(#min, #max))
            }
            _ => {
                let (min, max) = (number(self.min.parts()), number(self.max.parts()));
                quote!(#rule::of_parts(#min, #max))
            }
        }
    }

    fn literal(&self, at: At<'_>, value: &Value) -> TokenStream {
        let parts = (value.as_f64().unwrap_or_default() * 10_000.0).round() as i64;
        let ty = self.ty(at);
        match parts % 10_000 {
            0 => {
                let whole = literal(parts / 10_000);
                quote!(#ty::whole(#whole))
            }
            _ => {
                let parts = literal(parts);
                quote!(#ty::from_parts(#parts))
            }
        }
    }

    fn is_cheap(&self) -> bool {
        true
    }

    fn column(&self, _: &Field) -> ColumnKind {
        ColumnKind::Number
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::Decimal
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        let (min, max) = (self.min.to_json(), self.max.to_json());
        json!({ "type": "number", "minimum": min, "maximum": max, "multipleOf": 0.0001 })
    }
}
