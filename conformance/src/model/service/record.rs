//! Stored objects and callers.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

/// A stored object.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its identifier.
    pub id: String,
    /// The identifier of its parent.
    pub parent: Option<String>,
    /// The tenant it belongs to.
    pub tenant: String,
    /// The user who sees it, if the resource is bound to users.
    pub user: Option<String>,
    /// Its place in the order of creation.
    pub order: u64,
    /// The time of its creation, in microseconds.
    pub created: i64,
    /// The time of its last change, in microseconds.
    pub updated: i64,
    /// The number of the change that produced this version.
    pub version: u64,
    /// Its members without children.
    pub object: Map<String, Value>,
}

/// The caller of a request.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) tenant: String,
    pub(crate) user: Option<&'static str>,
    pub(crate) reads: bool,
    pub(crate) writes: bool,
    /// Whether the caller sees scoped members.
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

/// Shared objects by tenant and type name, in the order of their creation. A change copies only
/// the lists that it touches.
pub(in crate::model) type Registry = HashMap<(String, String), Arc<Vec<Map<String, Value>>>>;
