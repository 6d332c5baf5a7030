//! Lists of texts that a deployment brings.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::{TEXT, shaped};

/// One of a deployment's list of texts, by the list's name.
pub(super) struct Preset<'a>(pub(super) &'a str);

impl<'a> Kind<'a> for Preset<'a> {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        let (rule, list) = (named("Preset"), self.0);
        quote!(#rule(#list))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string" })
    }

    /// Which texts, the deployment says.
    fn request_schema(&self, _: &Plan<'_>) -> Value {
        shaped(TEXT)
    }
}
