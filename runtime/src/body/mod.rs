//! Request bodies: from bytes to typed values, with every violation located.

mod change;
mod changes;
mod draft;
mod json;
mod media;
mod member;
mod members;
mod pointer;
mod presence;
mod reading;
pub mod rule;
mod unknown;

pub use change::{Change, set};
pub use draft::{Draft, SentBack, open};
pub use json::parse;
pub use media::{JSON, Media, media};
pub use member::{Defaulted, Member};
pub use members::{Body, Members};
pub(crate) use pointer::token;
pub use presence::Presence;
pub use reading::{Reading, stand_in};
pub use unknown::Unknown;
