//! Text lengths, in Unicode scalar values.

use serde_json::Value;

use super::{Cases, Codes};

/// The maximum length of generated texts.
pub(super) const LONG: u32 = 10_000;

const TOO_LONG: Codes = &["too_long"];
const TOO_SHORT: Codes = &["too_short"];

/// The number of characters in words.
pub(super) fn characters(min: u32, max: u32) -> String {
    match min {
        0 => format!("at most {max} characters"),
        min => format!("{min} to {max} characters"),
    }
}

/// Texts of the minimum and maximum length, made of characters of one to four bytes, and
/// texts that are one character too short or too long.
pub(super) fn bounds(min: u32, max: u32, front: &mut dyn FnMut(u32) -> String) -> Cases<Value> {
    let mut cases = Cases::default();
    for letter in ["x", "z", "é", "😀"] {
        let mut text = |count: u32| filled(&front(count), letter, count);
        cases.taken.push(text(max));
        cases.refused.push((text(max + 1), TOO_LONG));
        if min > 0 {
            cases.taken.push(text(min));
            cases.refused.push((text(min - 1), TOO_SHORT));
        }
    }
    cases
}

/// A text of exactly `count` characters that starts with `front`.
pub(super) fn filled(front: &str, letter: &str, count: u32) -> Value {
    let missing = (count as usize).saturating_sub(front.chars().count());
    format!("{front}{}", letter.repeat(missing)).into()
}

/// Texts that are one character too long or too short.
pub(super) fn illegal(min: u32, max: u32) -> Vec<(Value, &'static str)> {
    let mut all = Vec::new();
    all.extend((max < LONG).then(|| (filled("", "x", max + 1), "too_long")));
    all.extend((min > 0).then(|| (filled("", "x", min - 1), "too_short")));
    all
}
