//! Sources of fresh values.

use fieldproof_spec::model::Field;
use proptest::strategy::BoxedStrategy;
use serde_json::{Map, Value};

/// The alphabet of short texts.
const PLAIN: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

/// A source of values that no other request of any run uses.
pub(crate) trait Source {
    /// A word of lower-case letters and digits that no other run has used.
    fn word(&self) -> String;

    /// A number of twelve digits that no other run has used.
    fn nonce(&self) -> u64;

    /// Draws a value from a strategy.
    fn drawn(&self, strategy: BoxedStrategy<Value>) -> Value;

    /// A valid value of a field that was not used before.
    fn unused(&self, field: &Field, owner: &Map<String, Value>) -> Value;

    /// A text of `min` to `max` characters that was not used before; a word if there is
    /// room for one.
    fn text(&self, min: u32, max: u32) -> String {
        let word = self.word();
        let text = match max as usize {
            room if room >= word.len() => word,
            room @ 5.. => digits(&PLAIN.chars().collect::<Vec<_>>(), self.nonce(), room),
            // Every character counts as one, and there are many of these.
            room => digits(
                &('\u{4e00}'..='\u{9fa5}').collect::<Vec<_>>(),
                self.nonce(),
                room,
            ),
        };
        let missing = (min as usize).saturating_sub(text.chars().count());
        text + &"x".repeat(missing)
    }

    /// A text of `count` lower-case letters.
    fn letters(&self, count: usize) -> String {
        letters(self.nonce(), count)
    }
}

/// A number written in `count` lower-case letters.
pub(super) fn letters(number: u64, count: usize) -> String {
    digits(&('a'..='z').collect::<Vec<_>>(), number, count)
}

/// The last `count` digits of a number, written in the given alphabet.
fn digits(alphabet: &[char], number: u64, count: usize) -> String {
    let base = alphabet.len() as u64;
    let mut left = number;
    let mut text: Vec<char> = (0..count)
        .map(|_| {
            let digit = alphabet[(left % base) as usize];
            left /= base;
            digit
        })
        .collect();
    text.reverse();
    text.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn numbers_that_follow_each_other_differ_in_every_room() {
        assert_eq!(digits(&['a', 'b'], 5, 3), "bab");
        assert_eq!(digits(&['a', 'b'], 5, 1), "b");
        assert_eq!(digits(&['a', 'b'], 6, 1), "a");
    }
}
