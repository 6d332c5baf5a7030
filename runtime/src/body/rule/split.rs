//! Texts that are read as objects.

use serde_json::{Value, json};

use super::Rule;
use crate::body::Reading;

/// Reads a text as an object with two members: the parts before and after the first separator.
#[derive(Debug, Clone, Copy)]
pub struct Delimited<R> {
    /// The separator.
    pub by: &'static str,
    /// The two members.
    pub into: (&'static str, &'static str),
    /// The rule for the object.
    pub rule: R,
}

impl<R: Rule> Rule for Delimited<R> {
    type Value = R::Value;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<R::Value> {
        let Value::String(text) = &value else {
            return self.rule.read(value, pointer, reading);
        };
        let Some((first, second)) = text.split_once(self.by) else {
            let (one, two) = self.into;
            let detail = format!("must be an object, or a text {one}{}{two}", self.by);
            reading.refuse(pointer, "format", detail);
            return None;
        };
        let object = json!({ self.into.0: first, self.into.1: second });
        // Violations inside the object are located at the text as a whole.
        let before = reading.found.len();
        let read = self.rule.read(object, pointer, reading);
        for violation in reading.found.since(before) {
            violation.at = crate::problem::At::Pointer(pointer.to_owned());
        }
        read
    }
}
