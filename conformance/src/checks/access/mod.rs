//! Access: who may see and do what.

pub(super) mod apart;
pub(super) mod bound;
pub(super) mod by_scope;
pub(super) mod credentials;
pub(super) mod invited;
pub(super) mod login;
pub(super) mod scope;
pub(super) mod secret;
pub(super) mod tenant;
pub(super) mod token;
