//! Watches: changes are told to receivers over HTTP.
//!
//! An address that a client of the service names is not trusted: [`guard`] says
//! what may be reached, [`resolve`] asks for the addresses of a name once, and
//! [`client`] connects to nothing that was not judged, and [`oauth`] fetches the
//! tokens that receivers ask for.

pub mod client;
pub mod guard;
pub mod oauth;
pub mod resolve;
