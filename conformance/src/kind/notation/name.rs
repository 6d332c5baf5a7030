//! Names of things in the deployment.

use proptest::prelude::*;
use serde_json::Value;

use crate::kind::{Kind, Source, Within};

/// A letter, then letters, digits, `.`, `_` and `-`.
pub(super) struct Name;

impl Kind for Name {
    fn wording(&self) -> String {
        "a name of letters, digits, `.`, `_` and `-`".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        "[A-Za-z][A-Za-z0-9._-]{0,12}"
            .prop_map(Value::String)
            .boxed()
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        source.word().into()
    }

    fn is_probed(&self) -> bool {
        true
    }
}
