//! Lists of texts that belong to the deployment.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::{TEXT, shaped};

/// A text of the deployment's list with this name.
pub(super) struct Preset<'a>(pub(super) &'a str);

impl<'a> Kind<'a> for Preset<'a> {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        let (rule, list) = (named("Preset"), self.0);
        quote!(#rule(#list))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string" })
    }

    /// The texts depend on the deployment.
    fn request_schema(&self, _: &Plan<'_>) -> Value {
        shaped(TEXT)
    }
}
