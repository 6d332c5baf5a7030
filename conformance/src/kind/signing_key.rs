//! Signing keys of the tenant.

use fieldproof_spec::model::Api;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::{Kind, Within};

/// The identifier of a key, out of the known ones.
pub(super) struct SigningKey<'t>(pub(super) &'t [String]);

impl Kind for SigningKey<'_> {
    fn wording(&self) -> String {
        "the identifier of a key that signs".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        match self.0.is_empty() {
            true => Just(Value::Null).boxed(),
            false => select(self.0.to_vec()).prop_map(Value::String).boxed(),
        }
    }

    fn room(&self, _: &Api) -> u64 {
        self.0.len() as u64
    }
}
