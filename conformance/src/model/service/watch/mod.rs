//! Watches: what they are told of a change, and what they have beside their
//! own operations.

mod change;
mod outbox;
mod grant;
mod judge;
mod keys;
mod manage;
mod member;
mod notification;
mod requests;
mod signing;
mod publish;

pub(crate) use change::Change;
pub(super) use outbox::Outbox;
pub(crate) use outbox::{Attempt, Notification};
pub(crate) use grant::Grant;
pub(crate) use signing::{Key, signature};
