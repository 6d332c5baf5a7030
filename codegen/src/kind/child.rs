//! Child resources that their parents embed.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::reference;

/// An embedded child resource.
pub(super) struct Child<'a>(pub(super) &'a str);

impl<'a> Kind<'a> for Child<'a> {
    fn ty(&self, at: At<'_>) -> TokenStream {
        at.plan.path(self.0, "")
    }

    fn body_ty(&self, at: At<'_>, _: Body) -> TokenStream {
        let path = at.plan.path(self.0, Body::Create.prefix());
        quote!(::fieldproof_runtime::body::Draft<#path>)
    }

    fn rule(&self, at: At<'_>, _: Body) -> TokenStream {
        let (rule, table) = (named("Children"), at.plan.table(self.0));
        let path = at.plan.path(self.0, Body::Create.prefix());
        quote!(#rule::<#path>::new(&#table))
    }

    fn linked(&self, _: &Plan<'_>) -> Option<TokenStream> {
        Some(quote!(context.children))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        reference(self.0)
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        reference(&format!("{}{}", Body::Create.prefix(), self.0))
    }

    fn child(&self) -> Option<&'a str> {
        Some(self.0)
    }
}
