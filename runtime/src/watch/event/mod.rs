//! One attempt as an HTTP request: its body, its fields, its signatures.
//!
//! What a watch asks for is a [`Receiver`], what happened an [`Event`]. The
//! request is the same for every attempt but for its instant, and so its
//! signatures.

mod basic;
mod body;
mod error;
mod receiver;
mod request;

pub use basic::basic;
pub use error::Unsendable;
pub use receiver::{Receiver, method};
pub use request::request;

/// Who sends, where the owner of a watch does not say otherwise (RFC 9110
/// section 10.1.5): firewalls refuse requests that do not tell.
pub const SENDER: &str = concat!("Fieldproof/", env!("CARGO_PKG_VERSION"));

/// Names the event: `created`, `updated` or what else the caller calls it.
pub const WATCH_EVENT: &str = "x-watch-event";

/// The identifier of the object that changed.
pub const WATCH_RESOURCE_ID: &str = "x-watch-resource-id";

/// The member of a body with the object as it was before.
pub const PREVIOUS: &str = "previousData";

/// A change, as receivers are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event<'a> {
    /// Of the delivery, without a full stop: the `webhook-id`.
    pub id: &'a str,
    /// What happened.
    pub name: &'a str,
    /// The identifier of the object.
    pub object: &'a str,
    /// The object after the change as JSON text; the last version of one that
    /// was deleted.
    pub resource: &'a str,
    /// The object before the change as JSON text; nothing for a new one.
    pub previous: Option<&'a str>,
}
