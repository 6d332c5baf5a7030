//! Host names.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule;
use crate::plan::Plan;

/// A host name (RFC 1123 section 2.1) whose last label is not a number.
const HOST: &str = concat!(
    "^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*",
    "(?![0-9]+$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"
);

/// The same, in lower case as it is shown.
const LOWER_HOST: &str = concat!(
    "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*",
    "(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"
);

/// A host name, shown in lower case.
pub(super) struct Host {
    pub(super) max: u32,
}

impl<'a> Kind<'a> for Host {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        rule::bounded("Host", &[self.max])
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string", "maxLength": self.max, "pattern": LOWER_HOST })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        json!({ "type": "string", "maxLength": self.max, "pattern": HOST })
    }
}
