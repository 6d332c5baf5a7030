//! Rows of reference tables.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use serde_json::Value;

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::nested;
use crate::shape::reference;

/// A row of a reference table.
pub(super) struct TableRow<'a>(pub(super) &'a str);

impl<'a> Kind<'a> for TableRow<'a> {
    fn ty(&self, at: At<'_>) -> TokenStream {
        at.plan.path(self.0, "")
    }

    fn rule(&self, at: At<'_>, _: Body) -> TokenStream {
        nested(&self.ty(at))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        reference(self.0)
    }
}
