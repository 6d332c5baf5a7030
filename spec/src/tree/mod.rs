//! The text of a spec as a tree in which every key and value has its position.
//!
//! This is the only module that uses the YAML parser. Reading never fails: it returns what
//! could be read, with all diagnostics.

mod build;
mod grammar;
mod node;
mod path;

pub use build::{MAX_BYTES, MAX_DEPTH, Reading, read, unmarked};
pub use node::{Entry, Kind, Node, Span};
pub use path::{find, find_key};

#[cfg(test)]
mod tests;
