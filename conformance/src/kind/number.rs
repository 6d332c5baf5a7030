//! Numbers with any fraction.

use std::cmp::Ordering;

use fieldproof_spec::model::{Api, Asks, Field};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Cases, Json, Kind, Shown, Source, Within, numeric};

/// A number from `min` to `max`, stored as the nearest double.
pub(super) struct Number {
    min: f64,
    max: f64,
}

/// How far generated numbers are from the middle; more if that is far from zero, where
/// doubles are far apart.
const FAR: f64 = 1e12;

impl Number {
    pub(super) fn new(min: f64, max: f64) -> Self {
        Self { min, max }
    }

    /// The bounds of generated numbers, around the valid number nearest to zero.
    fn near(&self) -> (f64, f64) {
        let middle = 0.0_f64.max(self.min).min(self.max);
        let far = FAR.max(middle.abs());
        (self.min.max(middle - far), self.max.min(middle + far))
    }
}

/// A double in the form that the service shows.
fn shown(number: f64) -> Value {
    match number.fract() == 0.0 && number.abs() < 2f64.powi(53) {
        true => json!(number as i64),
        false => json!(number),
    }
}

impl Kind for Number {
    fn wording(&self) -> String {
        match (self.min == f64::MIN, self.max == f64::MAX) {
            (true, true) => "a number".to_owned(),
            (true, false) => format!("a number of at most {}", self.max),
            (false, true) => format!("a number of at least {}", self.min),
            (false, false) => format!("a number from {} to {}", self.min, self.max),
        }
    }

    fn json(&self) -> Json {
        Json::Fraction
    }

    /// Whole numbers, numbers with few digits, and arbitrary doubles.
    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        let (least, most) = self.near();
        let any = least..=most;
        let cut = move |digits: f64| {
            move |number: f64| shown(((number * digits).round() / digits).clamp(least, most))
        };
        prop_oneof![
            any.clone().prop_map(cut(1.0)),
            any.clone().prop_map(cut(1e3)),
            any.prop_map(shown),
        ]
        .boxed()
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        let (least, most) = self.near();
        let part = source.nonce() as f64 / 1e12;
        shown(least + (most - least) * part.fract())
    }

    fn room(&self, _: &Api) -> u64 {
        match self.min == self.max {
            true => 1,
            false => u64::MAX,
        }
    }

    fn unordered(&self, unique: bool, _: &dyn Source) -> Option<Vec<Value>> {
        numeric::unordered(unique)
    }

    fn bounds(&self, _: &mut dyn FnMut(u32) -> String) -> Cases<Value> {
        let mut cases = Cases::default();
        for (bound, none, code, beyond) in [
            (self.max, f64::MAX, "too_large", self.max.next_up()),
            (self.min, f64::MIN, "too_small", self.min.next_down()),
        ] {
            let codes: &[&str] = if code == "too_large" {
                &["too_large"]
            } else {
                &["too_small"]
            };
            if bound != none {
                cases.taken.push(shown(bound));
                cases.refused.push((shown(beyond), codes));
            }
        }
        cases
    }

    fn other_types(&self, _: &Field) -> Vec<Value> {
        vec![json!("1"), json!(true), json!([1]), json!({ "x": 1 })]
    }

    /// All JSON notations of a number are equal.
    fn written(&self) -> Cases<Shown> {
        let (least, most) = self.near();
        let mut cases = Cases::default();
        for sent in [
            json!(3.0),
            json!(0.1),
            json!(1e-7),
            json!(-0.0),
            json!(1e21),
        ] {
            let number = sent.as_f64().unwrap_or_default();
            if (least..=most).contains(&number) {
                cases.taken.push((sent, shown(number)));
            }
        }
        cases
    }

    fn questions(&self, value: &Value, _: Asks) -> Vec<String> {
        let Some(number) = value.as_f64() else {
            return Vec::new();
        };
        let beside = [number, number.next_up(), number.next_down()];
        beside.map(|number| json!(number).to_string()).to_vec()
    }

    fn strangers(&self, _: &Api, _: Asks, _: &dyn Source) -> Vec<String> {
        ["0.5", "-1e3", "1E+20", "0"].map(str::to_owned).to_vec()
    }

    fn reads(&self, text: &str) -> bool {
        serde_json::from_str::<f64>(text).is_ok()
    }

    fn unasked(&self, _: Asks) -> &'static [&'static str] {
        &["maybe", "", "NaN", "inf", "+1", "1,5", ".5", "1.", "0x10"]
    }

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        value.is_number() && value.as_f64() == text.parse().ok()
    }

    fn order(&self, value: &Value, text: &str) -> Option<Ordering> {
        value.as_f64()?.partial_cmp(&text.parse().ok()?)
    }
}
