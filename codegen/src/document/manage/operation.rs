//! Operations that no spec describes.

use serde_json::{Value, json};

use crate::document::answer::content;

/// An operation on a watch or on signing keys.
pub(super) struct Operation {
    pub(super) method: &'static str,
    /// Its path below the base.
    pub(super) path: String,
    /// The beginning of its name, before that of the resource.
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Its query parameters.
    pub(super) query: Vec<Value>,
    /// Its request body.
    pub(super) body: Option<Value>,
    pub(super) status: u16,
    pub(super) success: Value,
}

/// A response with a body.
pub(super) fn answer(about: &str, schema: &Value) -> Value {
    json!({ "description": about, "content": content(schema) })
}
