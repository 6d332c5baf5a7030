//! The text of a spec as a tree in which every key and value knows its place.
//!
//! The only module that knows the YAML parser. Reading never fails: it returns
//! what could be read and every diagnostic met on the way.

mod build;
mod grammar;
mod node;
mod path;

pub use build::{MAX_BYTES, MAX_DEPTH, Reading, read, unmarked};
pub use node::{Entry, Kind, Node, Span};
pub use path::{find, find_key};

#[cfg(test)]
mod tests;
