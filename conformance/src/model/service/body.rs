//! Bodies as JSON.

use serde_json::{Map, Value};

use super::once::Once;
use super::refusal::{errors, problem, refusal};
use super::{Refusal, Request, Service};
use crate::model::object::Violation;

impl Service {
    /// The body of a request as JSON.
    pub(super) fn body(&self, request: &Request) -> Result<Value, Refusal> {
        if request.body.len() > 1 << 20 {
            return Err(problem(413, "body_too_large", &[]));
        }
        self.judge_media(request)?;
        if depth(&request.body) > 64 {
            return Err(problem(400, "too_deep", &[]));
        }
        let read = serde_json::from_slice::<Once>(&request.body);
        let read = read.map_err(|_| problem(400, "malformed_body", &[]))?;
        Ok(read.0)
    }

    /// The body of a request as an object.
    pub(super) fn object(&self, body: Value) -> Result<Map<String, Value>, Refusal> {
        match body {
            Value::Object(body) => Ok(body),
            _ => Err(self.invalid(&[Violation::new("", "type")])),
        }
    }

    /// The answer that refuses a body for these violations.
    pub(super) fn invalid(&self, found: &[Violation]) -> Refusal {
        let status = self.api.switches.validation_status;
        refusal(status, "validation", errors(found))
    }

    /// Refuses a body if any violation was found.
    pub(super) fn judged(&self, found: &[Violation]) -> Result<(), Refusal> {
        match found.is_empty() {
            true => Ok(()),
            false => Err(self.invalid(found)),
        }
    }
}

/// The maximum nesting depth of JSON text.
fn depth(text: &[u8]) -> usize {
    let (mut depth, mut most, mut quoted, mut escaped) = (0usize, 0, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                most = most.max(depth);
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    most
}
