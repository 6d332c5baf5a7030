//! Values that no other request of any run carries.
//!
//! They are made of the moment the lab began and of a number that belongs to
//! the obligation, so they do not depend on what else is judged.

use fieldproof_spec::model::{Field, Type};

use super::Lab;

/// Digits of short texts.
const PLAIN: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

impl Lab<'_> {
    /// A number that this obligation has not used.
    pub fn number(&self) -> u64 {
        self.count.set(self.count.get().wrapping_add(1));
        self.count.get()
    }

    /// A word of lower-case letters and digits that no other run has used.
    pub fn word(&self) -> String {
        format!("w{:x}x{}", self.mark.get(), self.number())
    }

    /// A number of twelve digits that no other run has used.
    pub fn nonce(&self) -> u64 {
        self.mark.get().wrapping_add(self.number()) % 1_000_000_000_000
    }

    /// A telephone number that no other run has used.
    pub fn phone(&self) -> String {
        format!("+{}", 100_000_000_000_000 + self.nonce())
    }

    /// A text of `min` to `max` characters that this obligation has not used:
    /// a word where there is room for one.
    pub fn text(&self, min: u32, max: u32) -> String {
        let word = self.word();
        let text = match max as usize {
            room if room >= word.len() => word,
            room @ 5.. => digits(&PLAIN.chars().collect::<Vec<_>>(), self.nonce(), room),
            // A character counts as one whatever it is, and there are many.
            room => digits(
                &('\u{4e00}'..='\u{9fa5}').collect::<Vec<_>>(),
                self.nonce(),
                room,
            ),
        };
        let missing = (min as usize).saturating_sub(text.chars().count());
        text + &"x".repeat(missing)
    }

    /// So many lower-case letters.
    pub fn letters(&self, count: usize) -> String {
        digits(&('a'..='z').collect::<Vec<_>>(), self.nonce(), count)
    }

    /// An address of at most `max` characters that this obligation has not used.
    pub(super) fn address(&self, max: u32) -> String {
        let domain = if max < 40 { "a.b" } else { "example.org" };
        let room = max.saturating_sub(domain.len() as u32 + 1).clamp(1, 60);
        let name = match self.word() {
            word if word.len() <= room as usize => word,
            _ => self.letters(room.min(12) as usize),
        };
        format!("{name}@{domain}")
    }
}

/// The last digits of a number, by an alphabet of digits.
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

/// How many characters a free text has.
#[must_use]
pub fn lengths(field: &Field) -> Option<(u32, u32)> {
    match field.ty {
        Type::Text { min, max } => Some((min, max)),
        Type::ExternalId => Some((1, 255)),
        _ => None,
    }
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
