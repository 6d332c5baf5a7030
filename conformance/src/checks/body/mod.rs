//! Contents of bodies: types, bounds, forms, and what is refused.

pub(super) mod blank;
pub(super) mod bounds;
pub(super) mod called;
pub(super) mod characters;
pub(super) mod conditional;
pub(super) mod entry;
pub(super) mod exclusive;
pub(super) mod format;
pub(super) mod forms;
pub(super) mod headers;
pub(super) mod key;
pub(super) mod lenient;
pub(super) mod nested;
pub(super) mod null;
pub(super) mod required;
pub(super) mod set;
pub(super) mod template;
pub(super) mod typed;
pub(super) mod unwrap;
pub(super) mod values;
