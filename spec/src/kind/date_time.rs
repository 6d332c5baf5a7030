//! Timestamps, and local dates and times.

use serde_json::Value;

use super::facts::{Key, Kind};
use super::given::Given;
use super::text::text;
use crate::model::Type;
use crate::syntax::{Asks, Form};
use crate::value::time::{instant, print};

/// A time in one format.
pub(super) struct DateTime(pub(super) Form);

/// A time in the format of the row or the spec.
pub(super) fn resolve(given: &Given<'_>) -> Type {
    Type::DateTime(given.form())
}

impl Kind for DateTime {
    fn takes(&self, key: Key) -> bool {
        key == Key::Form
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_range()
    }

    fn compared_as(&self) -> &'static str {
        "date-time"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn is_compared(&self) -> bool {
        true
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let read = instant(self.0, text(value, 0, u32::MAX)?);
        read.map(|at| print(self.0, at).into()).ok_or("format")
    }
}
