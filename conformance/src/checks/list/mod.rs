//! Lists: filters, orders, pages, envelopes.

pub(super) mod elements;
pub(super) mod encodings;
pub(super) mod enveloped;
pub(super) mod interval;
pub(super) mod limits;
pub(super) mod listed;
pub(super) mod many;
pub(super) mod orders;
pub(super) mod pages;
pub(super) mod selects;
pub(super) mod spellings;
pub(super) mod together;
