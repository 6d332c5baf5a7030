//! Watches: what they are told of a change, and what they have beside their
//! own operations.

mod change;
mod desk;
mod grant;
mod judge;
mod keys;
mod manage;
mod member;
mod notification;
mod requests;
mod signing;
mod tell;

pub(crate) use change::Change;
pub(super) use desk::Desk;
pub(crate) use desk::{Attempt, Notification};
pub(crate) use grant::Grant;
pub(crate) use signing::{Key, signature};
