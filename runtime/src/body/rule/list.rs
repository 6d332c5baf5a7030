//! Lists whose values share one rule.

use std::fmt::Debug;

use serde_json::Value;

use super::Rule;
use super::once::once;
use crate::body::Reading;

/// The greatest number of values in a list for which the spec sets no limit.
pub const MOST: usize = 1_000;

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
        // Values beyond the maximum are not checked.
        if items.len() > self.max {
            let detail = format!("must have at most {} elements", self.max);
            reading.refuse(pointer, "too_many_items", detail);
            return None;
        }
        let mut values = Vec::with_capacity(items.len());
        let mut whole = true;
        for (index, item) in items.into_iter().enumerate() {
            match self.rule.read(item, &format!("{pointer}/{index}"), reading) {
                Some(value) => values.push(value),
                None => whole = false,
            }
        }
        whole.then_some(values)
    }
}

/// A list whose only element may be sent without the list.
#[derive(Debug, Clone, Copy)]
pub struct ScalarAsList<R>(pub List<R>);

impl<R: Rule> Rule for ScalarAsList<R> {
    type Value = Vec<R::Value>;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value> {
        match value {
            Value::Array(_) => self.0.read(value, pointer, reading),
            one => Some(vec![self.0.rule.read(one, pointer, reading)?]),
        }
    }
}

impl<R: Rule> Elements for ScalarAsList<R> {
    type Rule = R;

    fn rule(&self) -> &R {
        &self.0.rule
    }
}

/// A rule for lists that knows the rule of their elements.
pub trait Elements: Rule<Value = Vec<<Self::Rule as Rule>::Value>> {
    /// The rule of the elements.
    type Rule: Rule;

    /// The rule of the elements.
    fn rule(&self) -> &Self::Rule;
}

impl<R: Rule> Elements for List<R> {
    type Rule = R;

    fn rule(&self) -> &R {
        &self.rule
    }
}

/// A list in which equal values collapse, in the order of their closed list if they have one.
#[derive(Debug, Clone, Copy)]
pub struct Distinct<L>(pub L);

impl<L: Elements> Rule for Distinct<L>
where
    <L::Rule as Rule>::Value: PartialEq + Debug,
{
    type Value = L::Value;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<L::Value> {
        let mut values = once(self.0.read(value, pointer, reading)?);
        values.sort_by_cached_key(|value| self.0.rule().rank(value, reading));
        Some(values)
    }
}
