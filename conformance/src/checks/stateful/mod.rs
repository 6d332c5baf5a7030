//! Many operations: one after the other, and at the same time.

pub(super) mod at_once;
mod compare;
pub(super) mod history;
pub(super) mod lost_update;
mod pair;
