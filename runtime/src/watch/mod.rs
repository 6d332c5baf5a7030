//! Watches: notifications of changes to the receivers that asked for them.
//!
//! What is here decides and computes, and asks neither clock nor network:
//! [`machine`] says what is to be sent when, [`schedule`] how long to wait in
//! between, [`sign`] how receivers know who it is from, and [`seal`] keeps the
//! secrets for that. [`template`] makes the body that a receiver wants, with
//! values that [`jsonpath`] finds, and [`event`] puts all together.

pub mod event;
pub mod jsonpath;
pub mod machine;
mod retry_after;
pub mod schedule;
pub mod seal;
pub mod sign;
pub mod template;

pub use retry_after::retry_after;
