//! Texts for people.

use fieldproof_spec::model::Api;
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::{Cases, Kind, Source, Within, length, plain};
use crate::strategy::text;

/// A text of any characters, of `min` to `max` in number.
pub(super) struct Text {
    min: u32,
    max: u32,
}

impl Text {
    pub(super) fn new(min: u32, max: u32) -> Self {
        Self { min, max }
    }

    fn takes(&self, text: &str) -> bool {
        (self.min as usize..=self.max as usize).contains(&text.chars().count())
    }

    fn ended(&self, tail: &str, source: &dyn Source) -> String {
        let (min, max) = (self.min, self.max);
        let room = max.saturating_sub(tail.chars().count() as u32);
        match room > 0 {
            true => format!("{}{tail}", source.text(min.min(room), room)),
            false => source.text(min, max),
        }
    }
}

/// Endings of texts that faulty orderings misplace.
const TAILS: [&str; 14] = [
    "b", "A", "a", "B", "Z", "é", "_", "10", "9", "😀", "\u{ffff}", "", "ß", "ss",
];

impl Kind for Text {
    fn wording(&self) -> String {
        format!("text of {}", length::characters(self.min, self.max))
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        text(self.min, self.max.min(40).max(self.min))
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        source.text(self.min, self.max).into()
    }

    fn lengths(&self) -> Option<(u32, u32)> {
        Some((self.min, self.max))
    }

    fn free(&self) -> Option<(u32, u32)> {
        Some((self.min, self.max))
    }

    fn longest(&self, source: &dyn Source) -> Option<Value> {
        let min = self.max.min(120).max(self.min);
        Some(source.text(min, self.max).into())
    }

    /// Variants of a text: longer, in other cases, with spaces and wildcards.
    fn near(&self, _: &Within<'_>, _: bool, source: &dyn Source) -> Vec<Value> {
        let (min, max) = (self.min as usize, self.max as usize);
        let base = match max {
            26.. => source.text(self.min, self.max),
            _ => source.letters(max.saturating_sub(8).max(min).clamp(1, max)),
        };
        let ending = |tail: &str| -> String {
            let room = max.saturating_sub(tail.chars().count());
            base.chars().take(room).chain(tail.chars()).collect()
        };
        let long = ending("Straße");
        let before: String = std::iter::once('x').chain(long.chars()).take(max).collect();
        let tails = ["Straße ", " ", "%", "_", "STRASSE", "ΣÉ", "σé", "ς"];
        let mut texts = vec![long.clone(), long.to_lowercase(), base.clone(), before];
        texts.extend(tails.map(ending));
        texts.retain(|text| self.takes(text) && !text.trim().is_empty());
        texts.into_iter().map(Value::from).collect()
    }

    fn ending(&self, tail: &str, source: &dyn Source) -> Option<Value> {
        Some(self.ended(tail, source).into())
    }

    /// Unique texts are distinguished from those of others by a prefix.
    fn unordered(&self, unique: bool, source: &dyn Source) -> Option<Vec<Value>> {
        let front = match unique || self.min > 0 {
            true => source.letters(self.max.saturating_sub(2).min(12) as usize),
            false => String::new(),
        };
        let missing = |text: &str| (self.min as usize).saturating_sub(text.chars().count());
        let texts = TAILS.map(|tail| format!("{front}{tail}"));
        let texts = texts.map(|text| format!("{text}{}", "x".repeat(missing(&text))));
        let legal = texts.into_iter().filter(|text| self.takes(text));
        Some(legal.map(Value::from).collect())
    }

    /// Unsorted texts, one of which has a comma if there is room for it.
    fn elements(&self, _: &Api, source: &dyn Source) -> Option<Vec<Value>> {
        let (min, max) = (self.min, self.max);
        let mut all: Vec<String> = (0..3).map(|_| source.text(min, max)).collect();
        if let (true, Some(first)) = (max > 2, all.first_mut()) {
            let rest: String = first.chars().skip(2).collect();
            *first = format!("z,{rest}");
        }
        all.dedup();
        Some(all.into_iter().map(Value::from).collect())
    }

    fn bounds(&self, front: &mut dyn FnMut(u32) -> String) -> Cases<Value> {
        match self.is_bounded() {
            true => length::bounds(self.min, self.max, front),
            false => Cases::default(),
        }
    }

    fn is_bounded(&self) -> bool {
        self.max < length::LONG
    }

    fn is_probed(&self) -> bool {
        true
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        let mut all = vec![("a\0".into(), "invalid_character")];
        all.extend(length::illegal(self.min, self.max));
        all
    }

    /// Numbers that are long enough for a text.
    fn lenient(&self, number: i64) -> Cases<Value> {
        if self.min == 0 || self.min > 18 {
            return plain::lenient(number);
        }
        let number = 10_i64.pow(self.min - 1) + number % 8;
        Cases::read(
            vec![json!(number), json!((number + 1).to_string())],
            vec![json!(1.5), json!(true)],
        )
    }
}
