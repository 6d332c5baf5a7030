//! The time of a create in a time zone.

use fieldproof_spec::model::{Asks, Form, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::body::Body;
use super::contract::{At, Kind, Origin};
use super::rule;
use super::stored::Reading;
use crate::plan::Plan;
use crate::shape::{ASKED, reference, shaped, text};

/// The time of the create, as an object with a local date and time and the name of its time
/// zone.
pub(super) struct ZonedTime<'a> {
    /// The object.
    pub(super) object: &'a str,
    /// Its member with the local date and time.
    pub(super) time: &'a str,
    /// Its member with the name of the time zone.
    pub(super) zone: &'a str,
}

impl<'a> Kind<'a> for ZonedTime<'a> {
    fn ty(&self, at: At<'_>) -> TokenStream {
        at.plan.path(self.object, "")
    }

    /// A value that is sent back is only compared.
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        rule::any_text()
    }

    fn origin(&self) -> Origin {
        Origin::Create
    }

    fn in_zone(&self, plan: &Plan<'_>, zone: &TokenStream) -> Option<TokenStream> {
        let path = plan.path(self.object, "");
        let (time, name) = (
            plan.member(self.object, self.time),
            plan.member(self.object, self.zone),
        );
        Some(quote! {
            {
                let zone = #zone;
                #path {
                    #time: ::fieldproof_runtime::value::Local::in_zone(context.created(), &zone),
                    #name: zone,
                }
            }
        })
    }

    fn zoned(&self) -> Option<[&'a str; 2]> {
        Some([self.time, self.zone])
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::Time(Form::Local)
    }

    fn parameter_schema(&self, _: Asks) -> Value {
        shaped(ASKED)
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        reference(self.object)
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        text(0, 10_000)
    }
}
