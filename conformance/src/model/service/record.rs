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
pub(crate) struct Caller {
    pub(crate) tenant: String,
    pub(crate) user: Option<&'static str>,
    pub(crate) reads: bool,
    pub(crate) writes: bool,
    /// Sees members that a scope shows.
    pub(crate) sees: bool,
}

impl Caller {
    /// A caller who may do everything.
    pub(crate) fn everyone() -> Self {
        Self {
            tenant: "main".to_owned(),
            user: Some("main"),
            reads: true,
            writes: true,
            sees: true,
        }
    }
}

/// Shared objects of each tenant by the name of their object.
pub(in crate::model) type Registry = HashMap<(String, String), Vec<Map<String, Value>>>;
