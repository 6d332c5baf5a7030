//! The runtime library of generated servers, which can also be used directly: HTTP, validation,
//! queries, the store and the server around them.
//!
//! An API is an [`api::Api`]; its resources implement [`resource::Resource`];
//! [`service::Service`] implements the operations.

pub mod api;
pub mod auth;
pub mod body;
pub mod dialect;
pub mod hooks;
mod mail;
mod metrics;
pub mod paging;
pub mod presets;
pub mod problem;
pub mod query;
pub mod reference;
pub mod resource;
pub mod server;
pub mod service;
pub mod store;
mod switches;
pub mod table;
pub mod value;
pub mod watch;
pub mod write;

/// For what [`value::serde_by_name`] writes into other crates.
#[doc(hidden)]
pub use serde;
