//! HTTP: methods, media types, conditions, problems.

pub(super) mod absent;
pub(super) mod alias;
pub(super) mod condition;
pub(super) mod demanded;
pub(super) mod explained;
pub(super) mod malformed;
pub(super) mod media;
pub(super) mod methods;
pub(super) mod parameters;
pub(super) mod problem;
pub(super) mod unknown;
