//! Types that depend on the value of a sibling.

use fieldproof_spec::model::{Asks, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Choice, Kind};
use super::stored::Reading;
use super::{json as kept, plain, rule};
use crate::plan::Plan;

/// A type that depends on the value of a sibling.
pub(super) struct Chosen<'a>(pub(super) Choice<'a>);

impl<'a> Chosen<'a> {
    /// A schema that allows any of the types; which one applies depends on the sibling.
    fn one_of(&self, schema: impl Fn(&dyn Kind<'a>) -> Value) -> Value {
        let all = self.0.of.iter().map(|(_, kind)| schema(kind.as_ref()));
        json!({ "anyOf": all.collect::<Vec<_>>() })
    }
}

impl<'a> Kind<'a> for Chosen<'a> {
    fn ty(&self, _: At<'_>) -> TokenStream {
        match self.0.mixed {
            true => kept::any(),
            false => quote!(String),
        }
    }

    /// The rule is known only when the sibling is.
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        match self.0.mixed {
            true => rule::named("Any"),
            false => rule::any_text(),
        }
    }

    fn literal(&self, _: At<'_>, value: &Value) -> TokenStream {
        match self.0.mixed {
            true => kept::literal(value),
            false => plain::literal(value),
        }
    }

    fn empty(&self, value: &Value) -> Option<TokenStream> {
        match self.0.mixed {
            true => kept::null(value),
            false => plain::empty(value),
        }
    }

    /// If one of the types is a telephone number, any text may be one.
    fn filter_value(&self, asks: Asks, id: IdKind) -> Reading<'a> {
        let mut all = self
            .0
            .of
            .iter()
            .map(|(_, kind)| kind.filter_value(asks, id));
        let phone = all.find(|one| *one == Reading::FoldedPhone);
        phone.unwrap_or_else(|| plain::reading(asks))
    }

    fn response_schema(&self, id: Option<IdKind>) -> Value {
        self.one_of(|kind| kind.response_schema(id))
    }

    fn request_schema(&self, plan: &Plan<'_>) -> Value {
        self.one_of(|kind| kind.request_schema(plan))
    }

    fn keys(&self) -> Vec<(&'a str, &'a str)> {
        let all = self.0.of.iter();
        all.flat_map(|(_, kind)| kind.keys()).collect()
    }

    fn choice(&self) -> Option<&Choice<'a>> {
        Some(&self.0)
    }
}
