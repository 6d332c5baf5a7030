//! Lists of values of one rule.

use serde_json::Value;

use super::Rule;
use crate::body::Reading;

/// A list of at most `max` values.
#[derive(Debug, Clone, Copy)]
pub struct List<R> {
    rule: R,
    max: usize,
}

impl<R> List<R> {
    /// A list of at most `max` values, each under `rule`.
    #[must_use]
    pub const fn new(rule: R, max: usize) -> Self {
        Self { rule, max }
    }
}

impl<R: Rule> Rule for List<R> {
    type Value = Vec<R::Value>;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value> {
        let Value::Array(items) = value else {
            reading.refuse(pointer, "type", "must be an array");
            return None;
        };
        let fits = items.len() <= self.max;
        if !fits {
            let detail = format!("must have at most {} elements", self.max);
            reading.refuse(pointer, "too_many_items", detail);
        }
        let mut values = Vec::with_capacity(items.len().min(self.max));
        let mut whole = fits;
        for (index, item) in items.into_iter().enumerate() {
            match self.rule.read(item, &format!("{pointer}/{index}"), reading) {
                Some(value) => values.push(value),
                None => whole = false,
            }
        }
        whole.then_some(values)
    }
}
