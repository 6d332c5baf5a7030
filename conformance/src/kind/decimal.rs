//! Decimal numbers.

use std::cmp::Ordering;

use fieldproof_spec::model::{Api, Asks, Decimal as Number, Field};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Cases, Json, Kind, Source, Within, numeric};

/// A number from `min` to `max` with at most four digits after the point.
pub(super) struct Decimal {
    min: Number,
    max: Number,
}

impl Decimal {
    pub(super) fn new(min: Number, max: Number) -> Self {
        Self { min, max }
    }

    /// A number within bounds with one digit too many.
    fn finer(&self) -> Option<Value> {
        let (min, max) = (self.min, self.max);
        let inside = Number::whole(0).max(min).min(max);
        let small = inside.parts().abs() < Number::whole(1_000_000).parts();
        let step = match inside < max {
            true => 0.000_01,
            false => -0.000_01,
        };
        (small && min < max).then(|| json!(inside.as_f64() + step))
    }
}

impl Kind for Decimal {
    fn wording(&self) -> String {
        format!("a decimal from {} to {}", self.min, self.max)
    }

    fn json(&self) -> Json {
        Json::Fraction
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        let most = Number::whole(1_000_000);
        let least = self
            .min
            .max(Number::from_parts(-most.parts()))
            .min(self.max);
        let most = self.max.min(most).max(least);
        let drawn = (least.parts()..=most.parts()).prop_map(Number::from_parts);
        // Most documents use steps of one cent; all four digits are valid.
        let cent = move |one: Number| Number::from_parts(one.parts() / 100 * 100).max(least);
        prop_oneof![2 => drawn.clone().prop_map(cent), 1 => drawn]
            .prop_map(Number::to_json)
            .boxed()
    }

    fn unordered(&self, unique: bool, _: &dyn Source) -> Option<Vec<Value>> {
        numeric::unordered(unique)
    }

    fn bounds(&self, _: &mut dyn FnMut(u32) -> String) -> Cases<Value> {
        let mut cases = Cases::default();
        if !self.is_bounded() {
            return cases;
        }
        // A bound that no row gives is the largest that the language knows: nothing is owed there.
        if self.max < Number::MOST {
            cases.taken.push(self.max.to_json());
            cases.refused.push((beside(self.max, 1), &["too_large"]));
        }
        if self.min.parts() > -Number::MOST.parts() {
            cases.taken.push(self.min.to_json());
            cases.refused.push((beside(self.min, -1), &["too_small"]));
        }
        let finer = self.finer().map(|number| (number, &["format"][..]));
        cases.refused.extend(finer);
        cases
    }

    fn is_bounded(&self) -> bool {
        self.max < Number::MOST || self.min.parts() > -Number::MOST.parts()
    }

    fn other_types(&self, _: &Field) -> Vec<Value> {
        vec![json!("1"), json!(true), json!([1]), json!({ "x": 1 })]
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

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        value.is_number() && value.as_f64() == text.parse().ok()
    }

    fn order(&self, value: &Value, text: &str) -> Option<Ordering> {
        numeric::order(value, text)
    }
}

/// The next representable number above or below a bound.
fn beside(bound: Number, by: i64) -> Value {
    // Up to this size, doubles distinguish such neighbours.
    let step = match bound.parts().abs() < 1 << 52 {
        true => by,
        false => Number::whole(by).parts(),
    };
    Number::from_parts(bound.parts() + step).to_json()
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Kind, Number};

    #[test]
    fn a_bound_that_no_row_gives_is_not_asked_about() {
        let bounds = |min, max| {
            let cases = Decimal::new(min, max).bounds(&mut |_| String::new());
            let codes = cases.refused.iter().flat_map(|(_, codes)| codes.iter());
            codes.copied().collect::<Vec<&str>>()
        };
        let (none, most) = (Number::whole(0), Number::MOST);
        let least = Number::from_parts(-most.parts());
        assert_eq!(bounds(none, most), ["too_small", "format"]);
        assert_eq!(bounds(least, none), ["too_large", "format"]);
        assert_eq!(
            bounds(none, Number::whole(9)),
            ["too_large", "too_small", "format"]
        );
    }
}
