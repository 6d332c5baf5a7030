//! One attempt as an HTTP request: body, header fields and signatures.
//!
//! The request is built from a [`Receiver`], which a watch describes, and an [`Event`]. It is
//! the same for every attempt, except for the timestamp and so the signatures.

mod basic;
mod body;
mod error;
mod receiver;
mod request;

pub use basic::basic;
pub use error::Unsendable;
pub use receiver::{Receiver, method};
pub use request::request;

use crate::value::Instant;

/// The default `User-Agent` (RFC 9110 section 10.1.5): firewalls refuse requests without one.
pub const SENDER: &str = concat!("Fieldproof/", env!("CARGO_PKG_VERSION"));

/// The member of the data of templates with the previous version of the object.
pub const PREVIOUS: &str = "previousData";

/// A change, in the form in which receivers are notified of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event<'a> {
    /// The identifier of the delivery, without a full stop.
    pub id: &'a str,
    /// The name of the event in the store.
    pub name: &'a str,
    /// The identifier of the object.
    pub object: &'a str,
    /// The object after the change as JSON text; for a deleted one, its last version.
    pub resource: &'a str,
    /// The object before the change as JSON text; `None` for a new one.
    pub previous: Option<&'a str>,
    /// The time of the change.
    pub made: Instant,
}
