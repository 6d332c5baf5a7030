//! The resolved representation of what is emitted: every name, type, column, rule, route,
//! default and operation is decided here, once, as data. The emitters of Rust only print it.

mod ability;
mod api;
mod behavior;
mod body;
mod change;
mod code;
mod column;
mod constant;
mod constructor;
mod derived;
mod dialect;
mod doc;
mod form;
mod initial;
mod list;
mod model;
mod nesting;
mod notification;
mod object;
mod operation;
mod order;
mod partial;
mod reference;
mod rename;
mod resource;
mod rule;
mod shared;
mod table;
#[cfg(test)]
mod tests;
mod ty;

pub(crate) use ability::{Distinct, Login, ManagedBy, Path, Watch};
pub(crate) use api::{Api, Deployment, Entry, Switches, owned};
pub(crate) use behavior::{Append, Behavior, ListOf};
pub(crate) use body::{Body, Chosen, Condition};
pub(crate) use change::Set;
pub(crate) use code::{Code, Name};
pub(crate) use constant::{Constant, Read};
pub(crate) use dialect::{Dialect, Refusals, ViolationList, names};
pub(crate) use doc::Doc;
pub(crate) use initial::is_option;
pub(crate) use list::{Envelope, Filter, List, Sort};
pub(crate) use model::{Model, Values};
pub(crate) use nesting::{merges, read_as};
pub(crate) use notification::{Envelope as NotificationEnvelope, Notification};
pub(crate) use object::Object;
pub(crate) use operation::{Operation, Route, operations};
pub(crate) use order::Order;
pub(crate) use reference::Reference;
pub(crate) use resource::Resource;
pub(crate) use rule::{Choice, MOST};
pub(crate) use shared::Shared;
pub(crate) use table::{Parent, Table, Unique};
