//! Texts with characters that are often mishandled.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// Characters that comparisons and encodings often mishandle.
const CHARACTERS: &[char] = &[
    'a', 'B', 'z', '0', ' ', '-', '\'', '"', '\\', '%', '_', '&', '+', '<', 'é', 'É', 'ß', 'ẞ',
    'İ', 'ı', 'ς', 'Σ', 'Ω', 'ﬀ', 'Ж', '中', 'ا', '\u{301}', '\u{200d}', '\u{ffff}', '😀', '𐐀',
    '𐐨',
];

/// Texts of `min` to `max` characters, including those that are often mishandled.
pub fn text(min: u32, max: u32) -> BoxedStrategy<Value> {
    let one = prop_oneof![3 => select(CHARACTERS), 1 => any::<char>().prop_filter("no U+0000", |c| *c != '\0')];
    // Texts that may occur in paths must not be `.` or `..`.
    vec(one, min as usize..=max as usize)
        .prop_map(|text| text.into_iter().collect::<String>())
        .prop_filter("no step of a path", |text| text != "." && text != "..")
        .prop_map(Value::from)
        .boxed()
}
