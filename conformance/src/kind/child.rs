//! Children that are embedded in their parent.

use fieldproof_spec::model::Field;
use proptest::prelude::*;
use serde_json::Value;

use super::{Json, Kind, Seen, Within, plain};

/// An object of the resource of this name.
pub(super) struct Child<'t>(pub(super) &'t str);

impl Kind for Child<'_> {
    fn wording(&self) -> String {
        format!("a `{}`", self.0)
    }

    fn json(&self) -> Json {
        Json::Object
    }

    /// Children are generated elsewhere, together with objects of their resource.
    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        Just(Value::Null).boxed()
    }

    fn other_types(&self, _: &Field) -> Vec<Value> {
        plain::no_objects()
    }

    fn has_form(&self, value: &Value, seen: &Seen<'_>) -> bool {
        seen.api.resource(self.0).is_some_and(|child| {
            let has = |field: &Field| value.get(&field.name).is_some() == field.is_shown();
            child.fields.iter().all(has)
        })
    }
}
