//! The language as it is written: one type per kind of map.
//!
//! These types are the single source of the JSON Schema for editors, of the
//! structural check ([`shape`]) and of decoding. Every documentation comment
//! below is a hover text in an editor, so it is written for the author of a spec.

mod cite;
mod dialect;
mod field;
mod filter;
mod id_kind;
mod limit;
mod notification;
mod operation;
mod resource;
mod role;
mod ruling;
pub mod shape;
mod spec;
mod watch;

pub use cite::{Cite, CiteList};
pub use dialect::{
    ConventionSet, Dialect, Edges, Formats, IdempotencyKeys, Identifiers, IdleUpdates, Places,
    Point, ReadOnlyMembers, Refusal, Refusals, Scalars, Sent, Statuses, TextOrder, UnknownMember,
    UnknownParameters, Validators, ViolationList, Violations,
};
pub use field::{
    Blank, Choice, Delimited, Derive, Field, FieldType, Form, Mode, On, OneOrMany, RequestSource,
    Scope, Source, SourceKind,
};
pub use filter::{Asks, Filter, Op, OpFacts};
pub use id_kind::IdKind;
pub use limit::Limit;
pub use notification::{
    Event, EventNames, MomentForm, Notification, NotificationHeaders, Payload, PayloadKind,
    Signature, SignatureScheme,
};
pub use operation::{
    Append, Create, Delete, Effect, Envelope, EnvelopeWhen, Get, Interval, List, Order, Page, Sort,
    Update, Verb,
};
pub use resource::{
    Bound, Distinct, Embed, Exclusive, Id, Invite, Login, Object, Parent, Resource, Shared, Times,
    Unique,
};
pub use ruling::{Conventions, Ignored, Ruling};
pub use spec::{
    Auth, AuthHeaders, Command, Document, Example, IfMatch, KeyPlace, Media, PresetList, Presets,
    QueryCredentials, Scheme, Setting, Spec, Switches, Table, UnknownMembers,
};
pub use watch::{Role, Watch};

pub use crate::paging::PageStyle;

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;

/// The JSON Schema (draft-07) of the spec language.
#[must_use]
pub fn schema() -> serde_json::Value {
    known().clone()
}

/// The same, made once.
pub(crate) fn known() -> &'static serde_json::Value {
    static KNOWN: LazyLock<serde_json::Value> = LazyLock::new(|| {
        let generator = SchemaSettings::draft07().into_generator();
        generator.into_root_schema_for::<Spec>().to_value()
    });
    &KNOWN
}

/// The JSON Schema (draft-07) of a file of shared conventions.
#[must_use]
pub fn conventions_schema() -> serde_json::Value {
    let generator = SchemaSettings::draft07().into_generator();
    generator.into_root_schema_for::<Conventions>().to_value()
}
