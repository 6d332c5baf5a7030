//! Telephone numbers.

use fieldproof_spec::model::{Asks, IdKind};
use proc_macro2::TokenStream;
use serde_json::Value;

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use super::stored::Reading;
use crate::plan::Plan;
use crate::shape::shaped;

/// A telephone number as it is shown (ITU-T E.164).
const PHONE: &str = "^\\+[1-9][0-9]{6,14}$";

/// A telephone number with blanks, dots, hyphens and parentheses anywhere.
const DIALLED: &str = "^[ .()-]*\\+[ .()-]*[1-9](?:[ .()-]*[0-9]){6,14}[ .()-]*$";

/// A telephone number.
pub(super) struct Phone;

impl<'a> Kind<'a> for Phone {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        named("Phone")
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::FoldedPhone
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        shaped(PHONE)
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        shaped(DIALLED)
    }
}
