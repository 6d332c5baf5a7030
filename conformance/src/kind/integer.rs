//! Whole numbers.

use std::cmp::Ordering;

use fieldproof_spec::model::{Api, Asks, Field};
use proptest::prelude::*;
use proptest::strategy::Union;
use serde_json::{Value, json};

use super::{Cases, Json, Kind, Shown, Source, Within, numeric};

/// A whole number from `min` to `max`.
pub(super) struct Integer {
    min: i64,
    max: i64,
}

/// Larger than any generated number.
const FAR: i64 = 1_000_000_000_000;

/// Up to here, doubles distinguish whole numbers.
const EXACT: u64 = 1 << 53;

impl Integer {
    pub(super) fn new(min: i64, max: i64) -> Self {
        Self { min, max }
    }
}

impl Kind for Integer {
    fn wording(&self) -> String {
        format!("an integer from {} to {}", self.min, self.max)
    }

    fn json(&self) -> Json {
        Json::Whole
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        let (min, max) = (self.min, self.max);
        Union::new([Just(min).boxed(), Just(max).boxed(), (min..=max).boxed()])
            .prop_map(Value::from)
            .boxed()
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        let (min, max) = (self.min, self.max);
        // Small numbers if they are valid, since clients read numbers as doubles.
        let least = if max > FAR { min.max(0) } else { min };
        let room = max.abs_diff(least).saturating_add(1);
        let offset = source.nonce() % room;
        least.checked_add_unsigned(offset).unwrap_or(max).into()
    }

    fn room(&self, _: &Api) -> u64 {
        self.max.abs_diff(self.min).saturating_add(1)
    }

    fn near(&self, within: &Within<'_>, unique: bool, source: &dyn Source) -> Vec<Value> {
        // Bounds are fixed values, so unique fields get fresh ones instead.
        if unique {
            return (0..4).map(|_| self.fresh(within, source)).collect();
        }
        let (min, max) = (self.min, self.max);
        let mut all = vec![max, max.saturating_sub(1).max(min), min, min.midpoint(max)];
        all.dedup();
        all.into_iter().map(Value::from).collect()
    }

    fn unordered(&self, unique: bool, _: &dyn Source) -> Option<Vec<Value>> {
        numeric::unordered(unique)
    }

    fn bounds(&self, _: &mut dyn FnMut(u32) -> String) -> Cases<Value> {
        let mut cases = Cases::default();
        if let Some(beyond) = self.max.checked_add(1) {
            cases.taken.push(json!(self.max));
            cases.refused.push((json!(beyond), &["too_large"]));
        }
        if let Some(beyond) = self.min.checked_sub(1) {
            cases.taken.push(json!(self.min));
            cases.refused.push((json!(beyond), &["too_small"]));
        }
        cases
    }

    fn other_types(&self, field: &Field) -> Vec<Value> {
        let mut all = vec![json!(1.5), json!(true), json!([1]), json!({ "x": 1 })];
        match field.lenient {
            true => all.extend([json!("x"), json!("1.0")]),
            false => all.push(json!("1")),
        }
        all
    }

    /// A number counts as whole by value, even with a point or an exponent.
    fn written(&self) -> Cases<Shown> {
        let mut taken = Vec::new();
        if (self.min..=self.max).contains(&0) {
            taken.push((json!(-0.0), json!(0)));
        }
        let least = self.min.max(1).min(self.max);
        if least.unsigned_abs() < EXACT {
            taken.push((json!(least as f64), json!(least)));
        }
        Cases {
            taken,
            refused: vec![(json!(1e300), &["too_large", "type"])],
        }
    }

    fn lenient(&self, number: i64) -> Cases<Value> {
        let number = number.clamp(self.min, self.max);
        // A different number, since the field may be unique.
        let other = number.saturating_sub(1).max(self.min);
        Cases::read(
            vec![json!(number), json!(other.to_string())],
            vec![
                json!("x"),
                json!("1.5"),
                json!("+1"),
                json!("1 "),
                json!(""),
            ],
        )
    }

    fn questions(&self, value: &Value, _: Asks) -> Vec<String> {
        numeric::questions(value)
    }

    fn strangers(&self, _: &Api, _: Asks, _: &dyn Source) -> Vec<String> {
        numeric::strangers()
    }

    fn unasked(&self, _: Asks) -> &'static [&'static str] {
        numeric::UNASKED
    }

    fn is_endless(&self) -> bool {
        self.max == i64::MAX
    }

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        value.is_number() && value.as_i64() == text.parse().ok()
    }

    fn order(&self, value: &Value, text: &str) -> Option<Ordering> {
        numeric::order(value, text)
    }
}
