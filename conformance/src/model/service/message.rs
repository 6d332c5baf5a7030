//! Requests and answers.

use std::collections::HashMap;

/// A request as the model sees it.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path below the base.
    pub path: String,
    /// The query string, raw.
    pub query: String,
    /// Headers with lower-case names.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

/// The model's answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Headers with lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

/// An answer that refuses the request.
pub(crate) type Refusal = Box<Reply>;
