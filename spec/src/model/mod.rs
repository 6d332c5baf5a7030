//! The checked model: every name resolved, every default filled in.
//!
//! Generation and conformance read nothing else. It is built only from a spec
//! without errors, so looking a name up in it cannot fail.

mod api;
mod build;
mod decimal;
mod field;
pub mod nesting;
mod operation;
mod resolve;
mod resource;
mod row;
mod table;

pub use api::{Api, Command, Example, Object, Presets};
pub use build::{Input, build};
pub use decimal::Decimal;
pub use field::{Derive, Field, Type};
pub use operation::{
    Append, Create, Delete, Envelope, Filter, Get, Interval, List, Operation, Sort, Update,
};
pub use resolve::{field_type, names as type_names};
pub use resource::{Bound, Distinct, Exclusive, Invite, Login, Parent, Resource, Unique};
pub use row::{Cited, Row};
pub use table::{Column, Table, TableData};

pub use crate::syntax::{
    AuthHeaders, Blank, Document, Effect, EnvelopeWhen, Form, IdKind, IfMatch, Ignored, Mode, On,
    Op, Order, Page, PageStyle, QueryCredentials, RequestSource, Role, Ruling, Scope, Shared,
    Source, SourceKind, Split, Switches, Times, UnknownMembers, Verb, Watch,
};
