//! Closed lists of texts in the spec.

use fieldproof_spec::model::{Api, Asks};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::{Kind, Seen, Source, Within, plain};

/// One of these texts.
pub(super) struct Values<'t>(pub(super) &'t [String]);

/// The maximum number of texts listed in reports.
const NAMED: usize = 12;

impl Values<'_> {
    fn all(&self) -> Vec<Value> {
        self.0.iter().cloned().map(Value::String).collect()
    }
}

impl Kind for Values<'_> {
    fn wording(&self) -> String {
        match self.0.len() {
            count if count > NAMED => format!("one of {count} texts"),
            _ => format!("one of `{}`", self.0.join("`, `")),
        }
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        select(self.0.to_vec()).prop_map(Value::String).boxed()
    }

    fn room(&self, _: &Api) -> u64 {
        self.0.len() as u64
    }

    fn closed(&self) -> Option<Vec<String>> {
        Some(self.0.to_vec())
    }

    fn near(&self, _: &Within<'_>, _: bool, _: &dyn Source) -> Vec<Value> {
        self.all()
    }

    fn unordered(&self, _: bool, _: &dyn Source) -> Option<Vec<Value>> {
        let backwards = self.all().into_iter().rev();
        Some(backwards.chain(self.all()).collect())
    }

    fn elements(&self, _: &Api, _: &dyn Source) -> Option<Vec<Value>> {
        Some(self.all())
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![("no such value".into(), "not_a_value")]
    }

    fn has_form(&self, value: &Value, _: &Seen<'_>) -> bool {
        self.0.iter().any(|text| value == text)
    }

    fn questions(&self, value: &Value, asks: Asks) -> Vec<String> {
        match asks == Asks::Value {
            // Any other text is refused.
            true => value.as_str().map(str::to_owned).into_iter().collect(),
            false => plain::questions(value),
        }
    }

    fn strangers(&self, _: &Api, _: Asks, _: &dyn Source) -> Vec<String> {
        self.0.to_vec()
    }

    fn unasked(&self, asks: Asks) -> &'static [&'static str] {
        match asks {
            Asks::Value | Asks::Several => &["maybe", ""],
            Asks::Folded | Asks::Range { .. } | Asks::Words => &[],
        }
    }
}
