//! Times with an offset, and local dates and times.

use fieldproof_spec::model::{Asks, Field, Form, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use super::stored::{ColumnKind, Reading, form_name};
use crate::plan::Plan;
use crate::shape::{ASKED, CIVIL, MOMENT, shaped};

/// A time with an offset, or a local date and time, printed in this format.
pub(super) struct DateTime(pub(super) Form);

impl DateTime {
    /// The type in the runtime that prints the format.
    fn form(&self) -> TokenStream {
        let form = form_name(self.0);
        quote!(::fieldproof_runtime::value::#form)
    }
}

impl<'a> Kind<'a> for DateTime {
    fn ty(&self, _: At<'_>) -> TokenStream {
        self.form()
    }

    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        let (rule, form) = (named("Time"), self.form());
        quote!(#rule::<#form>::new())
    }

    fn literal(&self, _: At<'_>, value: &Value) -> TokenStream {
        let (form, ty) = (form_name(self.0), self.form());
        match value.as_str() {
            Some(text) => quote! {
                ::fieldproof_runtime::value::Form::#form
                    .read(#text)
                    .map_or_else(Default::default, #ty)
            },
            None => quote!(Default::default()),
        }
    }

    fn stamped(&self, moment: &TokenStream) -> Option<TokenStream> {
        let form = self.form();
        Some(quote!(#form(#moment)))
    }

    fn column(&self, _: &Field) -> ColumnKind {
        ColumnKind::Number
    }

    fn filter_value(&self, _: Asks, _: IdKind) -> Reading<'a> {
        Reading::Time(self.0)
    }

    fn parameter_schema(&self, _: Asks) -> Value {
        shaped(ASKED)
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        match self.0 {
            Form::Local => shaped("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$"),
            Form::SecondsOffset | Form::SecondsZ | Form::MillisZ => {
                json!({ "type": "string", "format": "date-time" })
            }
        }
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        match self.0 {
            Form::Local => shaped(CIVIL),
            Form::SecondsOffset | Form::SecondsZ | Form::MillisZ => {
                json!({ "type": "string", "format": "date-time", "pattern": MOMENT })
            }
        }
    }
}
