//! Identifiers of signing keys.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::text;

/// The identifier of a signing key of the tenant.
pub(super) struct SigningKey;

impl<'a> Kind<'a> for SigningKey {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        named("SigningKey")
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string", "maxLength": 255 })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        text(0, 255)
    }
}
