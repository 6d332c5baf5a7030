//! Watches: notifications of changes to registered receivers.
//!
//! The modules that decide and compute use neither clock nor network: [`machine`] decides what
//! to send and when, [`schedule`] how long to wait between attempts, [`sign`] signs
//! notifications for receivers, and [`seal`] encrypts the secrets for that. [`template`]
//! renders the body that a receiver wants, with values found by [`jsonpath`], and [`event`]
//! builds the request.
//!
//! URLs given by clients of the service are not trusted: [`guard`] decides what may be reached,
//! [`resolve`] resolves a name once, [`client`] connects only to checked addresses, and
//! [`oauth`] fetches the tokens that receivers require. The worker runs all of this.

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
