//! Sends requests to receivers that are not trusted.
//!
//! Everything has an end: the head of an answer, its body, and the time for all
//! of it. Nothing is followed: a redirection is an answer like any other, and no
//! proxy of the environment is asked.

mod answer;
mod connection;
mod connector;
mod dial;
mod failure;
mod pool;
mod request;
mod sender;
mod stream;
mod tls;

pub use answer::Answer;
pub use dial::{Dial, Dialled, Tcp};
pub use failure::Failure;
pub use request::{KEPT, Request};
pub use sender::{Client, Settings};
