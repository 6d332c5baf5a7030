//! Watches: what they are told of a change, and what they have beside their
//! own operations.

mod desk;
mod judge;
mod keys;
mod manage;
mod member;
mod notification;
mod post;
mod requests;
mod send;
mod signing;
mod tell;
mod token;

pub(super) use desk::{Attempt, Desk, Notification};
pub(in crate::model) use post::Post;
