//! Boxed values.

use serde_json::Value;

use super::Rule;
use crate::body::{Presence, Reading};

/// A boxed value, for an object that can contain another one of its type.
#[derive(Debug, Clone, Copy)]
pub struct Boxed<R>(pub R);

impl<R: Rule> Rule for Boxed<R> {
    type Value = Box<R::Value>;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value> {
        self.0.read(value, pointer, reading).map(Box::new)
    }

    fn nothing(&self, value: &Value) -> Option<Presence<Self::Value>> {
        Some(match self.0.nothing(value)? {
            Presence::Absent => Presence::Absent,
            Presence::Null => Presence::Null,
            Presence::Value(value) => Presence::Value(Box::new(value)),
        })
    }
}
