//! Watches: what they are told of a change, and what they have beside their
//! own operations.

mod judge;
mod keys;
mod manage;
mod member;
mod notification;
mod post;
mod requests;
mod send;
mod tell;
mod token;

use keys::Key;
pub(super) use notification::Notification;
pub(super) use post::Attempt;
pub(in crate::model) use post::Post;

use std::collections::HashSet;

use super::Record;

/// What the model keeps for watches.
#[derive(Debug, Clone, Default)]
pub(super) struct Desk {
    keys: Vec<Key>,
    /// What is not on its way yet.
    waiting: Vec<Notification>,
    /// What was on its way, to be sent again.
    sent: Vec<Notification>,
    attempts: Vec<Attempt>,
    /// Watches that callers wrote who see members that a scope shows.
    seers: HashSet<String>,
    /// Watches that were removed, where those are told all the same.
    gone: Vec<Record>,
}
