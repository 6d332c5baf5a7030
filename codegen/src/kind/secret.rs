//! Secrets of clients, of which only the presence is shown.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule;
use crate::plan::Plan;
use crate::shape::{either, text};

/// A secret of a client; responses show whether there is one.
pub(super) struct Secret {
    pub(super) min: u32,
    pub(super) max: u32,
}

impl<'a> Kind<'a> for Secret {
    fn ty(&self, _: At<'_>) -> TokenStream {
        quote!(::fieldproof_runtime::value::Sealed)
    }

    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        rule::bounded("Secret", &[self.min, self.max])
    }

    fn is_sealed(&self) -> bool {
        true
    }

    /// Responses show whether there is a secret.
    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "boolean" })
    }

    /// `true`, which is how a set secret is shown, keeps the current one.
    fn request_schema(&self, _: &Plan<'_>) -> Value {
        either(text(self.min, self.max), json!({ "const": true }))
    }

    /// `false` is how an unset secret is shown.
    fn or_nothing(&self, schema: Value) -> Value {
        either(schema, json!({ "const": false }))
    }

    fn shortest(&self) -> u32 {
        self.min
    }
}
