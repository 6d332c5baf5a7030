//! Watches: their notifications, and their endpoints beside operations.

mod change;
mod grant;
mod judge;
mod keys;
mod made;
mod manage;
mod member;
mod notification;
mod outbox;
mod publish;
mod requests;
mod signing;

pub(crate) use change::Change;
pub(crate) use grant::Grant;
pub(super) use outbox::Outbox;
pub(crate) use outbox::{Attempt, Notification};
pub(crate) use signing::{Key, hex_hmac, signature};
