//! What the generator asks of a type of field.

use fieldproof_spec::model::{Field, IdKind, Resource};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::stored::{ColumnKind, Reading};
use super::{plain, rule};
use crate::filter::Asks;
use crate::plan::Plan;
use crate::shape::but;

/// A member where it stands.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    /// What is decided about its API.
    pub(crate) plan: &'a Plan<'a>,
    /// The resource or object that has it.
    pub(crate) owner: &'a str,
    /// The member.
    pub(crate) field: &'a Field,
}

/// Where the value of a new object comes from, whatever else its row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A body may bring it.
    Body,
    /// The server makes it.
    Server,
    /// The server makes it of the moment of the create.
    Create,
}

/// A type that the value of a sibling decides.
pub(crate) struct Choice<'a> {
    /// The sibling.
    pub(crate) by: &'a str,
    /// What each of its values asks for.
    pub(crate) of: Vec<(&'a str, Box<dyn Kind<'a> + 'a>)>,
    /// Not all of these are texts, so that values are kept as JSON.
    pub(crate) mixed: bool,
}

/// Everything that the generator knows of a type of field. What stands here holds for
/// texts that are kept and shown as they were sent; `'a` is how long the spec lives.
pub(crate) trait Kind<'a> {
    // Rust.

    /// The type of a value as it is kept and shown.
    fn ty(&self, _: At<'_>) -> TokenStream {
        quote!(String)
    }

    /// The type of a value as a body brings it.
    fn body_ty(&self, at: At<'_>, _: Body) -> TokenStream {
        self.ty(at)
    }

    /// The rule of the runtime that reads a value from a body.
    fn rule(&self, at: At<'_>, of: Body) -> TokenStream;

    /// The rule that refuses what nobody may take.
    fn refusing(&self, rule: TokenStream, reserved: &[String]) -> TokenStream {
        rule::refusing(rule, reserved)
    }

    /// A value of the spec, such as a default.
    fn literal(&self, _: At<'_>, value: &Value) -> TokenStream {
        plain::literal(value)
    }

    /// The function that makes the value, where it is the empty one of the type.
    fn empty(&self, value: &Value) -> Option<TokenStream> {
        plain::empty(value)
    }

    /// Whether a value costs nothing to make, so that it needs no closure.
    fn is_cheap(&self) -> bool {
        false
    }

    /// The function that borrows the text of a value that is no `String`.
    fn text(&self) -> Option<TokenStream> {
        None
    }

    // A new object.

    /// Where its value comes from.
    fn origin(&self) -> Origin {
        Origin::Body
    }

    /// What the server makes for a member of a resource.
    fn made(&self, _: &Resource, _: &Field) -> Option<TokenStream> {
        None
    }

    /// The moment of the create in the time zone that `zone` names.
    fn in_zone(&self, _: &Plan<'_>, _zone: &TokenStream) -> Option<TokenStream> {
        None
    }

    /// A moment that the server stamps.
    fn stamped(&self, _moment: &TokenStream) -> Option<TokenStream> {
        None
    }

    /// The function that makes what is kept of what a body brought, where these differ.
    fn linked(&self, _: &Plan<'_>) -> Option<TokenStream> {
        None
    }

    // The store, filters and patches.

    /// What a column of such a member keeps.
    fn column(&self, _: &Field) -> ColumnKind {
        ColumnKind::Text
    }

    /// How the text of a filter is read; `id` is the kind of the object's identifier.
    fn filter_value(&self, asks: Asks, _id: IdKind) -> Reading<'a> {
        plain::reading(asks)
    }

    /// What the text of a filter may be.
    fn parameter_schema(&self, _: Asks) -> Value {
        json!({ "type": "string" })
    }

    /// How a merge patch writes a part of a value, where it can.
    fn patched(&self, _: &Plan<'_>) -> Option<TokenStream> {
        None
    }

    /// Whether such a part may be what the schema of the whole refuses.
    fn is_patched_freely(&self) -> bool {
        false
    }

    /// Whether a value is kept apart, and answers show whether there is one.
    fn is_sealed(&self) -> bool {
        false
    }

    // JSON Schema.

    /// A value as answers have it: one exact form; `id` is the kind of the object's
    /// identifier.
    fn response_schema(&self, id: Option<IdKind>) -> Value;

    /// A value as bodies may have it, whatever its row says.
    fn request_schema(&self, _: &Plan<'_>) -> Value {
        self.response_schema(None)
    }

    /// A value as bodies may have it for the member.
    fn member_schema(&self, plan: &Plan<'_>, _: &Field, _: Body) -> Value {
        self.request_schema(plan)
    }

    /// That schema with other JSON values of the same meaning.
    fn lenient(&self, schema: Value) -> Value {
        schema
    }

    /// That schema without what nobody may take.
    fn without(&self, schema: Value, reserved: &[String]) -> Value {
        match reserved {
            [] => schema,
            texts => but(schema, json!({ "enum": texts })),
        }
    }

    /// That schema with what else stands for nothing beside `null`.
    fn or_nothing(&self, schema: Value) -> Value {
        schema
    }

    /// The fewest characters of a value.
    fn shortest(&self) -> u32 {
        0
    }

    /// Whether a value that breaks its rule may be the one that stands in for it.
    fn is_excused(&self, _: &Field) -> bool {
        false
    }

    // Its parts.

    /// The texts of a closed list, which has a Rust type of its own.
    fn values(&self) -> Option<&'a [String]> {
        None
    }

    /// The nested object.
    fn object(&self) -> Option<&'a str> {
        None
    }

    /// The object that others share.
    fn shared(&self) -> Option<&'a str> {
        None
    }

    /// The child resource.
    fn child(&self) -> Option<&'a str> {
        None
    }

    /// The reference tables and their columns that values are keys of.
    fn keys(&self) -> Vec<(&'a str, &'a str)> {
        Vec::new()
    }

    /// What siblings decide.
    fn choice(&self) -> Option<&Choice<'a>> {
        None
    }
}
