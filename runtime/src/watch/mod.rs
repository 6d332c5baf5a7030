//! Watches: notifications of changes to the receivers that asked for them.
//!
//! What decides and computes asks neither clock nor network: [`machine`] says
//! what is to be sent when, [`schedule`] how long to wait in between, [`sign`]
//! how receivers know who it is from, and [`seal`] keeps the secrets for that.
//! [`template`] makes the body that a receiver wants, with values that
//! [`jsonpath`] finds, and [`event`] puts all together.
//!
//! An address that a client of the service names is not trusted: [`guard`] says
//! what may be reached, [`resolve`] asks for the addresses of a name once,
//! [`client`] connects to nothing that was not judged, and [`oauth`] fetches the
//! tokens that receivers ask for. The worker does all of it.

pub mod client;
pub mod event;
pub mod guard;
pub mod jsonpath;
pub mod machine;
pub mod oauth;
pub mod resolve;
mod retry_after;
pub mod schedule;
pub mod seal;
pub mod sign;
pub mod template;
pub(crate) mod worker;

pub use retry_after::retry_after;
