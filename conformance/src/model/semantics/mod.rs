//! The semantics of the spec language: every decision that the model makes.
//!
//! The service walks requests, bodies and objects, and decides nothing on the way. Each
//! decision is a method of one of the traits here; its parameters are what the decision
//! depends on, and its default body is the right answer. So these files define the
//! semantics, and [`Documented`] is a service that follows all of them.

mod access;
mod change;
mod compute;
mod content;
mod create;
mod delivery;
mod effect;
mod order;
mod page;
mod place;
mod publish;
mod select;
mod shared;
mod watch;

use std::fmt::Debug;

pub(crate) use access::Access;
pub(crate) use change::{Changing, Part};
pub(crate) use compute::Computing;
pub(crate) use content::Content;
pub(crate) use create::{Creating, Repetition};
pub(crate) use delivery::Delivery;
pub(crate) use effect::Effects;
pub(crate) use order::Ordering;
pub(crate) use page::{Paging, Turn};
pub(crate) use place::{Act, Member};
pub(crate) use publish::{Outcome, Publishing};
pub(crate) use select::{Selecting, asked};
pub(crate) use shared::Sharing;
pub(crate) use watch::Watching;

/// All decisions of the model.
pub(crate) trait Semantics:
    Access
    + Changing
    + Computing
    + Content
    + Creating
    + Delivery
    + Effects
    + Ordering
    + Paging
    + Selecting
    + Sharing
    + Publishing
    + Watching
    + Debug
    + Send
    + Sync
{
}

impl<T> Semantics for T where
    T: Access
        + Changing
        + Computing
        + Content
        + Creating
        + Delivery
        + Effects
        + Ordering
        + Paging
        + Selecting
        + Sharing
        + Publishing
        + Watching
        + Debug
        + Send
        + Sync
{
}

/// The correct semantics: every decision as the rows and conventions say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Documented;

impl Access for Documented {}
impl Changing for Documented {}
impl Computing for Documented {}
impl Content for Documented {}
impl Creating for Documented {}
impl Delivery for Documented {}
impl Effects for Documented {}
impl Ordering for Documented {}
impl Paging for Documented {}
impl Selecting for Documented {}
impl Sharing for Documented {}
impl Publishing for Documented {}
impl Watching for Documented {}
