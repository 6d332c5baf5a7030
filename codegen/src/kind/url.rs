//! URLs.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule;
use crate::plan::Plan;

/// An absolute URL without credentials or fragment.
const URL: &str = "^[Hh][Tt][Tt][Pp][Ss]?://[!-\"$-.0->A-\\[\\]-~]+(?:[/?][!-\"$-\\[\\]-~]*)?$";

/// An `http` or `https` URL.
pub(super) struct Url {
    pub(super) max: u32,
}

impl<'a> Kind<'a> for Url {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        rule::bounded("Url", &[self.max])
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string", "format": "uri", "maxLength": self.max })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        let mut schema = self.response_schema(None);
        schema["pattern"] = URL.into();
        schema
    }
}
