//! Values of several types, kept as JSON.

use serde::Serialize;
use serde_json::Value;

use super::Rule;
use super::object::refuse_nul;
use crate::body::Reading;

/// Any single value, until its rule is known.
#[derive(Debug, Clone, Copy)]
pub struct Any;

impl Rule for Any {
    type Value = Value;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Value> {
        if value.is_array() {
            reading.refuse(pointer, "type", "must be a single value");
            return None;
        }
        let mut clean = true;
        refuse_nul(&value, pointer, reading, &mut clean);
        clean.then_some(value)
    }
}

/// A value with its own rule, kept in the form in which it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Json<R>(pub R);

impl<R: Rule> Rule for Json<R>
where
    R::Value: Serialize,
{
    type Value = Value;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Value> {
        let read = self.0.read(value, pointer, reading)?;
        serde_json::to_value(read).ok()
    }
}
