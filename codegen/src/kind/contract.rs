//! The interface of field types in the generator.

use fieldproof_spec::model::{Asks, Field, IdKind, Resource};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::stored::{ColumnKind, Reading};
use super::{plain, rule};
use crate::plan::Plan;
use crate::shape::but;

/// A member in its context.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    /// The plan of its API.
    pub(crate) plan: &'a Plan<'a>,
    /// The resource or object that contains it.
    pub(crate) owner: &'a str,
    /// The member.
    pub(crate) field: &'a Field,
}

/// Where the value in a new object comes from, whatever else the row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A body may send it.
    Body,
    /// The server generates it.
    Server,
    /// The server derives it from the time of the create.
    Create,
}

/// A type that depends on the value of a sibling.
pub(crate) struct Choice<'a> {
    /// The sibling.
    pub(crate) by: &'a str,
    /// The type for each value of the sibling.
    pub(crate) of: Vec<(&'a str, Box<dyn Kind<'a> + 'a>)>,
    /// Whether not all of these are texts, so that values are kept as JSON.
    pub(crate) mixed: bool,
}

/// Everything that the generator knows about a field type. The defaults are those of texts that
/// are stored and shown as they were sent; `'a` is the lifetime of the spec.
pub(crate) trait Kind<'a> {
    // Rust.

    /// The Rust type of a stored value.
    fn ty(&self, _: At<'_>) -> TokenStream {
        quote!(String)
    }

    /// The Rust type of a value in a body.
    fn body_ty(&self, at: At<'_>, _: Body) -> TokenStream {
        self.ty(at)
    }

    /// The rule of the runtime that reads a value from a body.
    fn rule(&self, at: At<'_>, of: Body) -> TokenStream;

    /// Wraps the rule so that reserved texts are refused.
    fn refusing(&self, rule: TokenStream, reserved: &[String]) -> TokenStream {
        rule::refusing(rule, reserved)
    }

    /// A value given in the spec, such as a default.
    fn literal(&self, _: At<'_>, value: &Value) -> TokenStream {
        plain::literal(value)
    }

    /// The function that makes the value, if it is the empty value of the type.
    fn empty(&self, value: &Value) -> Option<TokenStream> {
        plain::empty(value)
    }

    /// Whether a value is cheap enough to make without a closure.
    fn is_cheap(&self) -> bool {
        false
    }

    /// The function that borrows the text of a value that is not a `String`.
    fn text(&self) -> Option<TokenStream> {
        None
    }

    /// Whether a text may consist of blanks.
    fn may_be_blank(&self) -> bool {
        true
    }

    // A new object.

    /// Where the value comes from.
    fn origin(&self) -> Origin {
        Origin::Body
    }

    /// The value that the server generates for a member of a resource.
    fn made(&self, _: &Resource, _: &Field) -> Option<TokenStream> {
        None
    }

    /// The time of the create in the time zone that `zone` names.
    fn in_zone(&self, _: &Plan<'_>, _zone: &TokenStream) -> Option<TokenStream> {
        None
    }

    /// The members of such a time: the local date and time, and the time zone.
    fn zoned(&self) -> Option<[&'a str; 2]> {
        None
    }

    /// The value for a time that the server sets.
    fn stamped(&self, _moment: &TokenStream) -> Option<TokenStream> {
        None
    }

    /// The function that converts a value of a body to the stored one, if they differ.
    fn linked(&self, _: &Plan<'_>) -> Option<TokenStream> {
        None
    }

    // The store, filters and patches.

    /// The kind of a column with such values.
    fn column(&self, _: &Field) -> ColumnKind {
        ColumnKind::Text
    }

    /// How the value of a filter is parsed; `id` is the kind of the object's identifier.
    fn filter_value(&self, asks: Asks, _id: IdKind) -> Reading<'a> {
        plain::reading(asks)
    }

    /// The schema for the value of a filter.
    fn parameter_schema(&self, _: Asks) -> Value {
        json!({ "type": "string" })
    }

    /// How a merge patch merges a part of a value, if it can.
    fn patched(&self, _: &Plan<'_>) -> Option<TokenStream> {
        None
    }

    /// Whether such a part may be illegal according to the schema of the whole value.
    fn is_patched_freely(&self) -> bool {
        false
    }

    /// Whether a value is stored separately, and responses show only whether there is one.
    fn is_sealed(&self) -> bool {
        false
    }

    // JSON Schema.

    /// The schema in responses, which have one exact form; `id` is the kind of the object's
    /// identifier.
    fn response_schema(&self, id: Option<IdKind>) -> Value;

    /// The schema in bodies, regardless of the row.
    fn request_schema(&self, _: &Plan<'_>) -> Value {
        self.response_schema(None)
    }

    /// The schema of the member in bodies.
    fn member_schema(&self, plan: &Plan<'_>, _: &Field, _: Body) -> Value {
        self.request_schema(plan)
    }

    /// Extends a body schema by other JSON values with the same meaning.
    fn lenient(&self, schema: Value) -> Value {
        schema
    }

    /// Restricts a body schema by reserved texts.
    fn without(&self, schema: Value, reserved: &[String]) -> Value {
        match reserved {
            [] => schema,
            texts => but(schema, json!({ "enum": texts })),
        }
    }

    /// Extends a body schema by values that mean the same as `null`.
    fn or_nothing(&self, schema: Value) -> Value {
        schema
    }

    /// The minimum length of a value in characters.
    fn shortest(&self) -> u32 {
        0
    }

    /// Whether a value that breaks its rule is accepted if it equals its stand-in.
    fn is_excused(&self, _: &Field) -> bool {
        false
    }

    // Its parts.

    /// The texts of a closed list, for which there is a separate Rust type.
    fn values(&self) -> Option<&'a [String]> {
        None
    }

    /// The nested object.
    fn object(&self) -> Option<&'a str> {
        None
    }

    /// The shared object.
    fn shared(&self) -> Option<&'a str> {
        None
    }

    /// The child resource.
    fn child(&self) -> Option<&'a str> {
        None
    }

    /// The reference tables and columns of which values are keys.
    fn keys(&self) -> Vec<(&'a str, &'a str)> {
        Vec::new()
    }

    /// The types that depend on the value of a sibling.
    fn choice(&self) -> Option<&Choice<'a>> {
        None
    }
}
