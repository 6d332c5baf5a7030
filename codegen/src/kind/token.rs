//! Random secrets that the server makes.

use fieldproof_spec::model::{Field, IdKind, Resource};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind, Origin};
use super::rule;
use crate::plan::Plan;
use crate::shape::text;

/// A random secret that the server makes.
pub(super) struct Token;

impl<'a> Kind<'a> for Token {
    /// One that is sent back is only compared.
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        rule::any_text()
    }

    fn origin(&self) -> Origin {
        Origin::Server
    }

    fn made(&self, _: &Resource, field: &Field) -> Option<TokenStream> {
        let name = &field.name;
        Some(quote!(context.token(#name)?))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string" })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        text(0, 10_000)
    }
}
