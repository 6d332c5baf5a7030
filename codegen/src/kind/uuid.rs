//! Universally unique identifiers.

use fieldproof_spec::model::{Field, IdKind};
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use super::stored::{ColumnKind, Reading};
use crate::filter::Asks;
use crate::plan::Plan;

/// The notation in bodies (RFC 9562 section 4).
const ANY: &str = "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";

/// A UUID, read in any case and shown in lower case.
pub(super) struct Uuid;

impl<'a> Kind<'a> for Uuid {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        named("Uuid")
    }

    // Filters ignore case, as for identifiers of other systems.
    fn column(&self, _: &Field) -> ColumnKind {
        ColumnKind::External
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::External
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string", "format": "uuid", "pattern": IdKind::Uuid.pattern() })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        json!({ "type": "string", "format": "uuid", "pattern": ANY })
    }
}
