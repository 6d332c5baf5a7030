//! Identifiers of other systems.

use fieldproof_spec::model::{Asks, Field, IdKind};
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use super::stored::{ColumnKind, Reading};
use crate::plan::Plan;
use crate::shape::text;

/// An identifier of another system: opaque text of 1 to 255 characters.
pub(super) struct ExternalId;

impl<'a> Kind<'a> for ExternalId {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        named("ExternalId")
    }

    fn column(&self, _: &Field) -> ColumnKind {
        ColumnKind::External
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::External
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string", "minLength": 1, "maxLength": 255 })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        text(1, 255)
    }

    fn lenient(&self, mut schema: Value) -> Value {
        schema["type"] = json!(["string", "integer"]);
        schema["minimum"] = i64::MIN.into();
        schema["maximum"] = u64::MAX.into();
        schema
    }
}
