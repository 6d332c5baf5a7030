//! Texts from one of the deployment's lists.

use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;

/// A value of the deployment's list with this name.
#[derive(Debug, Clone, Copy)]
pub struct Preset(pub &'static str);

impl Rule for Preset {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = text(value, pointer, reading)?;
        if self.rank(&text, reading).is_none() {
            let presets = reading.presets.clone();
            let detail = || format!("must be one of: {}", presets.of(self.0).join(", "));
            reading.refuse_at(|| pointer.to_owned(), "not_a_value", detail);
            return None;
        }
        Some(text)
    }

    fn rank(&self, value: &String, reading: &Reading) -> Option<usize> {
        let list = reading.presets.of(self.0);
        list.iter().position(|text| text == value)
    }
}
