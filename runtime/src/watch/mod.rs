//! Watches: notifications of changes to the receivers that asked for them.
//!
//! What is here decides and computes, and asks neither clock nor network:
//! [`machine`] says what is to be sent when, [`schedule`] how long to wait in
//! between, and [`sign`] how receivers know who it is from.

pub mod machine;
mod retry_after;
pub mod schedule;
pub mod sign;

pub use retry_after::retry_after;
