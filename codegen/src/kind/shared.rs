//! Shared objects.

use fieldproof_spec::model::{Field, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::reference;

/// An object that several objects of a tenant share.
pub(super) struct Shared<'a>(pub(super) &'a str);

impl<'a> Kind<'a> for Shared<'a> {
    fn ty(&self, at: At<'_>) -> TokenStream {
        at.plan.path(self.0, "")
    }

    fn body_ty(&self, at: At<'_>, _: Body) -> TokenStream {
        let mention = named("Reference");
        let (place, members) = (at.plan.place(self.0), at.plan.members(self.0));
        quote!(#mention<#place::#members>)
    }

    /// An update may also refer to it by its identifier.
    fn rule(&self, at: At<'_>, of: Body) -> TokenStream {
        let (rule, path) = (named("ByReference"), self.ty(at));
        match of {
            Body::Create => quote!(#rule::<#path>::new()),
            Body::Update => quote!(#rule::<#path>::known()),
        }
    }

    fn linked(&self, plan: &Plan<'_>) -> Option<TokenStream> {
        let path = plan.path(self.0, "");
        Some(quote!(context.relate::<Self, #path>))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        reference(self.0)
    }

    fn member_schema(&self, _: &Plan<'_>, _: &Field, of: Body) -> Value {
        reference(&format!("{}{}", of.prefix(), self.0))
    }

    fn shared(&self) -> Option<&'a str> {
        Some(self.0)
    }
}
