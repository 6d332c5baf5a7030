//! The spec language of Fieldproof: text → tree with positions → checked model.
//!
//! [`load`] reads files and returns models together with all findings; [`coverage`] tells
//! how much of a document the rows of a spec cite.

mod beside;
pub mod codes;
pub mod coverage;
pub mod diagnostic;
pub mod diff;
pub mod kind;
pub mod lines;
pub mod lint;
mod load;
pub mod model;
pub mod paging;
pub mod pattern;
pub mod syntax;
#[cfg(test)]
mod testing;
pub mod tree;
pub mod value;

pub use load::{Loaded, Source, check, load};
