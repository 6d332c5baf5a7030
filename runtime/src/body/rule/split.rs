//! Texts that are read as objects.

use serde_json::{Value, json};

use super::Rule;
use crate::body::Reading;

/// A text is read as two members of an object, what stands before and behind
/// the first separator.
#[derive(Debug, Clone, Copy)]
pub struct Delimited<R> {
    /// What stands between.
    pub by: &'static str,
    /// The two members.
    pub into: (&'static str, &'static str),
    /// How the object is read.
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
        // What is wrong inside stands in a text: its place is the whole.
        let before = reading.found.len();
        let read = self.rule.read(object, pointer, reading);
        for violation in reading.found.since(before) {
            violation.at = crate::problem::At::Pointer(pointer.to_owned());
        }
        read
    }
}
