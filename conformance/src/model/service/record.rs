//! What is kept, and who asks for it.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// An object that the model keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its identifier.
    pub id: String,
    /// The identifier of its parent.
    pub parent: Option<String>,
    /// The tenant it belongs to.
    pub tenant: String,
    /// The user who sees it, where each user sees his own.
    pub user: Option<String>,
    /// Its place in the order of creation.
    pub order: u64,
    /// The moment of its create in microseconds.
    pub created: i64,
    /// The moment of its last change.
    pub updated: i64,
    /// The number of the change that made it what it is.
    pub version: u64,
    /// Its members without children.
    pub object: Map<String, Value>,
}

/// Who calls.
#[derive(Debug, Clone)]
pub(in crate::model) struct Caller {
    pub(in crate::model) tenant: String,
    pub(in crate::model) user: Option<&'static str>,
    pub(in crate::model) reads: bool,
    pub(in crate::model) writes: bool,
    /// Sees members that a scope shows.
    pub(in crate::model) sees: bool,
}

/// Shared objects of each tenant by the name of their object.
pub(in crate::model) type Registry = HashMap<(String, String), Vec<Map<String, Value>>>;
