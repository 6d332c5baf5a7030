//! Nested objects.

use fieldproof_spec::model::{Field, IdKind};
use proc_macro2::TokenStream;
use serde_json::Value;

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::nested;
use crate::plan::Plan;
use crate::shape::reference;

/// A nested object. For an update, it is one that is updated member by member.
pub(super) struct Object<'a>(pub(super) &'a str);

impl<'a> Kind<'a> for Object<'a> {
    fn ty(&self, at: At<'_>) -> TokenStream {
        at.plan.path(self.0, "")
    }

    fn body_ty(&self, at: At<'_>, of: Body) -> TokenStream {
        match of {
            Body::Create => self.ty(at),
            Body::Update => at.plan.path(self.0, of.prefix()),
        }
    }

    fn rule(&self, at: At<'_>, of: Body) -> TokenStream {
        nested(&self.body_ty(at, of))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        reference(self.0)
    }

    fn member_schema(&self, _: &Plan<'_>, _: &Field, of: Body) -> Value {
        reference(&format!("{}{}", of.prefix(), self.0))
    }

    fn object(&self) -> Option<&'a str> {
        Some(self.0)
    }
}
