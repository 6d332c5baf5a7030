//! Numbers with any fraction.

use fieldproof_spec::model::{Asks, Field, IdKind};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use super::stored::{ColumnKind, Reading};

/// A number in a range.
pub(super) struct Number {
    pub(super) min: f64,
    pub(super) max: f64,
}

impl<'a> Kind<'a> for Number {
    fn ty(&self, _: At<'_>) -> TokenStream {
        quote!(::fieldproof_runtime::value::Number)
    }

    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        let (rule, min, max) = (named("Number"), bound(self.min), bound(self.max));
        quote!(#rule::new(#min, #max))
    }

    fn literal(&self, at: At<'_>, value: &Value) -> TokenStream {
        let (ty, number) = (self.ty(at), bound(value.as_f64().unwrap_or_default()));
        quote!(#ty::of(#number))
    }

    fn is_cheap(&self) -> bool {
        true
    }

    fn column(&self, _: &Field) -> ColumnKind {
        ColumnKind::Number
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::Number
    }

    fn parameter_schema(&self, _: Asks) -> Value {
        json!({ "type": "number" })
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        let mut schema = json!({ "type": "number" });
        for (key, bound, none) in [
            ("minimum", self.min, f64::MIN),
            ("maximum", self.max, f64::MAX),
        ] {
            if bound != none {
                schema[key] = bound.into();
            }
        }
        schema
    }
}

/// A double as a Rust literal.
fn bound(number: f64) -> TokenStream {
    match number {
        f64::MIN => quote!(f64::MIN),
        f64::MAX => quote!(f64::MAX),
        number => {
            let number = Literal::f64_unsuffixed(number);
            quote!(#number)
        }
    }
}
