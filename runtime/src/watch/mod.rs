//! Watches: notifications of changes to the receivers that asked for them.
//!
//! What is here decides and computes, and asks neither clock, network nor
//! random source: [`machine`] says what is to be sent when, [`schedule`] how
//! long to wait in between.

pub mod machine;
mod retry_after;
pub mod schedule;

pub use retry_after::retry_after;
