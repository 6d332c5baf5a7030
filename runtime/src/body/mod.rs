//! Request bodies: from bytes to typed values, every violation at its place.

mod draft;
mod json;
mod media;
mod members;
mod presence;
mod reading;
pub mod rule;

pub use draft::{Draft, Echo, open};
pub use json::parse;
pub use media::{JSON, Media, media};
pub use members::{Body, Members};
pub use presence::Presence;
pub use reading::Reading;
pub(crate) use reading::token;
