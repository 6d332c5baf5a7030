//! A client for requests to untrusted receivers.
//!
//! Everything is bounded: the head of a response, its body and the total time. Redirects are
//! not followed, and proxy settings of the environment are ignored.

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
