//! Texts in a notation of their own.

use serde_json::Value;

use super::{Rule, Text};
use crate::body::Reading;
use crate::value::Notation;

impl Rule for Notation {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = Text::new(0, self.max()).read(value, pointer, reading)?;
        let form = self.form(text);
        if form.is_none() {
            reading.refuse(pointer, self.code(), self.legal());
        }
        form
    }
}
