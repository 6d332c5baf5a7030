//! Sequences of operations, and concurrent ones.

pub(super) mod at_once;
mod compare;
pub(super) mod history;
pub(super) mod lost_update;
mod pair;
