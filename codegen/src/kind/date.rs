//! Dates.

use fieldproof_spec::model::{Asks, IdKind};
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use super::stored::Reading;
use crate::plan::Plan;
use crate::shape::DATE;

/// A date of the calendar; its text sorts by day.
pub(super) struct Date;

impl<'a> Kind<'a> for Date {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        named("Date")
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::Date
    }

    fn parameter_schema(&self, _: Asks) -> Value {
        json!({ "type": "string", "format": "date", "pattern": DATE })
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        json!({ "type": "string", "format": "date" })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        json!({ "type": "string", "format": "date", "pattern": DATE })
    }
}
