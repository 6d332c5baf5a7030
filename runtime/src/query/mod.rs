//! Query strings: from text to a store query, with every violation reported.

mod filter;
mod pairs;
mod question;

pub use pairs::{Pairs, refuse_all};
pub(crate) use pairs::{decode, take, without};
pub(crate) use question::known;
pub use question::{Question, read};
