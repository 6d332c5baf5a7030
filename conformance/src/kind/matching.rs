//! Texts that match a regular expression.

use fieldproof_spec::model::Api;
use fieldproof_spec::pattern::Pattern;
use proptest::prelude::*;
use proptest::string::string_regex;
use serde_json::Value;

use super::{Cases, Codes, Kind, Shown, Source, Within, length};

/// The codes for a text that does not match, or whose length changed with it.
const UNLIKE: Codes = &["format", "too_long", "too_short"];

/// Texts of `min` to `max` characters that match the pattern.
pub(super) struct Matching<'a> {
    min: u32,
    max: u32,
    pattern: &'a Pattern,
}

impl<'a> Matching<'a> {
    pub(super) fn new(min: u32, max: u32, pattern: &'a Pattern) -> Self {
        Self { min, max, pattern }
    }

    fn takes(&self, text: &str) -> bool {
        let length = (self.min as usize..=self.max as usize).contains(&text.chars().count());
        length && !text.contains('\0') && self.pattern.is_found(text)
    }

    /// A matching text, always the same.
    fn sample(&self) -> Option<String> {
        let strategy = self.matching()?;
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let tree = proptest::strategy::Strategy::new_tree(&strategy, &mut runner).ok()?;
        tree.current().as_str().map(str::to_owned)
    }

    fn matching(&self) -> Option<BoxedStrategy<Value>> {
        let made = string_regex(&self.pattern.made_of(self.min, self.max)).ok()?;
        let (min, max) = (self.min as usize, self.max as usize);
        let pattern = self.pattern.clone();
        let legal = move |text: &String| {
            let count = text.chars().count();
            (min..=max).contains(&count) && !text.contains('\0') && pattern.is_found(text)
        };
        Some(
            made.prop_filter("within bounds", legal)
                .prop_map(Value::String)
                .boxed(),
        )
    }
}

impl Kind for Matching<'_> {
    fn wording(&self) -> String {
        let length = length::characters(self.min, self.max);
        format!("text of {length} that matches `{}`", self.pattern.text())
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        self.matching().unwrap_or_else(|| Just(Value::Null).boxed())
    }

    /// Texts that match, and near misses with one character added, removed or changed.
    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        let text = self.sample()?;
        let chars: Vec<char> = text.chars().collect();
        let mut near = vec![String::new(), format!("{text}\u{e9}"), format!("\n{text}")];
        for at in 0..chars.len().min(12) {
            let with = |middle: &[char]| -> String {
                let (front, back) = (&chars[..at], &chars[at + 1..]);
                front.iter().chain(middle).chain(back).collect()
            };
            near.push(with(&[]));
            near.push(with(&[chars[at], chars[at]]));
            near.push(with(&['\u{663}']));
            near.push(with(&[swapped(chars[at])]));
        }
        near.retain(|one| !self.takes(one));
        near.sort();
        near.dedup();
        let refused = near.into_iter().map(|one| (Value::String(one), UNLIKE));
        Some(Cases {
            taken: vec![(text.clone().into(), text.into())],
            refused: refused.collect(),
        })
    }

    fn room(&self, _: &Api) -> u64 {
        self.pattern.count(self.max)
    }

    fn longest(&self, source: &dyn Source) -> Option<Value> {
        let strategy = self.matching()?;
        Some(source.drawn(strategy))
    }

    fn is_probed(&self) -> bool {
        true
    }
}

/// A letter in the other case, or a character of another class.
fn swapped(c: char) -> char {
    match c {
        'a'..='z' => c.to_ascii_uppercase(),
        'A'..='Z' => c.to_ascii_lowercase(),
        '0'..='9' => '_',
        _ => 'x',
    }
}
