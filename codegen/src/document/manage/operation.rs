//! Operations that no spec describes.

use serde_json::{Value, json};

use crate::document::answer::content;

/// An operation on a watch or on the keys.
pub(super) struct Operation {
    pub(super) method: &'static str,
    /// Its path below the base.
    pub(super) path: String,
    /// The words of its name, before that of the resource.
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Parameters of the query.
    pub(super) query: Vec<Value>,
    /// What it takes.
    pub(super) body: Option<Value>,
    pub(super) status: u16,
    pub(super) success: Value,
}

/// An answer with a body.
pub(super) fn answer(about: &str, schema: &Value) -> Value {
    json!({ "description": about, "content": content(schema) })
}
