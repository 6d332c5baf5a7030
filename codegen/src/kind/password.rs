//! Passwords.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule;
use crate::plan::Plan;
use crate::shape::text;

/// A password, stored as a hash and never shown.
pub(super) struct Password {
    pub(super) min: u32,
    pub(super) max: u32,
}

impl<'a> Kind<'a> for Password {
    fn ty(&self, _: At<'_>) -> TokenStream {
        quote!(::fieldproof_runtime::value::Secret)
    }

    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        rule::bounded("Password", &[self.min, self.max])
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        let (min, max) = (self.min, self.max);
        json!({ "type": "string", "format": "password", "minLength": min, "maxLength": max })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        let mut schema = text(self.min, self.max);
        schema["format"] = "password".into();
        schema
    }
}
