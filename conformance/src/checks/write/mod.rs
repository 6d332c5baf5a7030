//! Effects of writes on an object: what they change, keep, and may not repeat.

pub(super) mod answered;
pub(super) mod appended;
pub(super) mod cascade;
pub(super) mod combination;
pub(super) mod created;
pub(super) mod default;
pub(super) mod distinct;
pub(super) mod idempotent;
pub(super) mod idle;
pub(super) mod kept_inside;
pub(super) mod merged;
pub(super) mod parent;
pub(super) mod patched;
pub(super) mod read_only;
pub(super) mod replaced;
pub(super) mod shared;
pub(super) mod unique;
pub(super) mod updated;
