//! Telephone numbers.

use serde_json::Value;

use super::facts::{Key, Kind};
use super::text::text;
use crate::syntax::Asks;

/// A telephone number, shown without its punctuation.
pub(super) struct Phone;

impl Kind for Phone {
    fn takes(&self, key: Key) -> bool {
        key == Key::Reserved
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_textual()
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let one = one_form(text(value, 0, u32::MAX)?);
        one.map(Value::from).ok_or("format")
    }
}

/// The canonical form of a telephone number; `None` if the text is none.
pub fn one_form(text: &str) -> Option<String> {
    let mut digits = String::new();
    for (at, c) in text.chars().filter(|c| !" .-()".contains(*c)).enumerate() {
        match c {
            '+' if at == 0 => {}
            '1'..='9' if at == 1 => digits.push(c),
            '0'..='9' if at > 1 => digits.push(c),
            _ => return None,
        }
    }
    (7..=15)
        .contains(&digits.len())
        .then(|| format!("+{digits}"))
}
