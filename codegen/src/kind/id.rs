//! Identifiers of the server.

use fieldproof_spec::model::{Field, IdKind, Resource};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind, Origin};
use super::rule;
use super::stored::Reading;
use crate::filter::Asks;
use crate::plan::Plan;
use crate::shape::{shaped, text};

/// The identifier of a resource, or of an object that others share.
pub(super) struct Id;

/// Whether the member is an identifier that JSON shows as a number.
fn is_number(at: At<'_>) -> bool {
    let owner = at.plan.api.resource(at.owner);
    owner.is_some_and(|one| one.id == at.field.name && one.id_kind == IdKind::Number)
}

impl<'a> Kind<'a> for Id {
    fn ty(&self, at: At<'_>) -> TokenStream {
        match is_number(at) {
            true => quote!(u64),
            false => quote!(String),
        }
    }

    /// One that is sent back is only compared.
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        rule::any_text()
    }

    fn origin(&self) -> Origin {
        Origin::Server
    }

    fn made(&self, resource: &Resource, field: &Field) -> Option<TokenStream> {
        (field.name == resource.id).then(|| match resource.id_kind {
            IdKind::Number => quote!(context.number()),
            IdKind::Hex24 | IdKind::Increasing | IdKind::Digits | IdKind::Uuid => {
                quote!(context.id())
            }
        })
    }

    fn filter_value(&self, _: Asks, id: IdKind) -> Reading<'a> {
        Reading::Id(id)
    }

    /// What increases is compared as a number.
    fn parameter_schema(&self, asks: Asks) -> Value {
        match asks {
            Asks::Range => json!({ "type": "integer" }),
            Asks::Value | Asks::Folded | Asks::Words | Asks::Several => json!({ "type": "string" }),
        }
    }

    fn response_schema(&self, id: Option<IdKind>) -> Value {
        match id {
            Some(IdKind::Number) => json!({ "type": "integer", "minimum": 1 }),
            Some(kind) => shaped(kind.pattern()),
            None => json!({ "type": "string" }),
        }
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        text(0, 10_000)
    }
}
