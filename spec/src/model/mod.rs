//! The checked model: every name resolved, every default filled in.
//!
//! Generation and conformance use nothing else. It is only built from specs without errors,
//! so looking up a name in it cannot fail.

mod api;
mod build;
mod decimal;
mod dialect;
mod field;
pub mod nesting;
mod notification;
mod operation;
mod resolve;
mod resource;
mod row;
mod table;

pub use api::{Api, Command, Credentials, Example, Object, Presets};
pub use build::{Input, build};
pub use decimal::Decimal;
pub use dialect::{CONVENTIONS, Dialect, OwnRefusal, RefusalBody, Said};
pub use field::{Derive, Field, Type};
pub use notification::{Notification, NotificationEnvelope, Payload, Signature, Watch};
pub use operation::{
    Append, Create, Delete, Envelope, Filter, Get, Interval, List, Operation, Sort, Update,
};
pub use resolve::{field_type, names as type_names};
pub use resource::{Bound, Distinct, Exclusive, Invite, Login, Parent, Resource, Unique};
pub use row::{Cited, Row};
pub use table::{Column, Table, TableData};

pub use crate::syntax::{
    Asks, AuthHeaders, Blank, Delimited, Document, Edges, Effect, EnvelopeWhen, Event, Form,
    Formats, IdKind, IdempotencyKeys, Identifiers, IdleUpdates, IfMatch, Ignored, Mode, MomentForm,
    On, Op, OpFacts, Order, Page, PageStyle, Places, QueryCredentials, ReadOnlyMembers, Refusal,
    RequestSource, Role, Ruling, Scalars, Scope, Sent, Shared, Source, SourceKind, Switches,
    TextOrder, Times, UnknownMember, UnknownMembers, UnknownParameters, Validators, Verb,
    ViolationList, Violations,
};
