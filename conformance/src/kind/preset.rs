//! Closed lists of texts in the deployment.

use fieldproof_spec::model::{Api, Asks};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::{Kind, Source, Within};

/// A text of the named list.
pub(super) struct Preset<'t>(pub(super) &'t str);

impl Kind for Preset<'_> {
    fn wording(&self) -> String {
        format!("one of the texts of `{}`", self.0)
    }

    fn strategy(&self, within: &Within<'_>) -> BoxedStrategy<Value> {
        match within.api.preset(self.0) {
            [] => Just(Value::Null).boxed(),
            texts => select(texts.to_vec()).prop_map(Value::String).boxed(),
        }
    }

    fn room(&self, api: &Api) -> u64 {
        api.preset(self.0).len() as u64
    }

    fn listed(&self, api: &Api) -> Option<Vec<String>> {
        Some(api.preset(self.0).to_vec())
    }

    fn elements(&self, api: &Api, _: &dyn Source) -> Option<Vec<Value>> {
        let texts = api.preset(self.0).iter();
        Some(texts.cloned().map(Value::String).collect())
    }

    fn strangers(&self, api: &Api, _: Asks, _: &dyn Source) -> Vec<String> {
        api.preset(self.0).to_vec()
    }
}
