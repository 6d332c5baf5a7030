//! Secrets of clients.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule;
use crate::plan::Plan;
use crate::shape::{either, text};

/// A secret of the client, of which is shown whether there is one.
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

    /// What is shown of one is whether there is one.
    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "boolean" })
    }

    /// `true`, which is what is shown of one, keeps the one that is there.
    fn request_schema(&self, _: &Plan<'_>) -> Value {
        either(text(self.min, self.max), json!({ "const": true }))
    }

    /// `false` is what is shown where there is none.
    fn or_nothing(&self, schema: Value) -> Value {
        either(schema, json!({ "const": false }))
    }

    fn shortest(&self) -> u32 {
        self.min
    }
}
