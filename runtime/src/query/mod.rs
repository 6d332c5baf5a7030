//! Query strings: from text to a question for the store, every violation named.

mod filter;
mod page;
mod pairs;
mod question;

pub(crate) use page::place_text;
pub use pairs::{Pairs, refuse_all};
pub(crate) use pairs::{decode, without};
pub use question::{Question, read};
