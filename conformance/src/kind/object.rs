//! Nested objects.

use fieldproof_spec::model::Field;
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::{Json, Kind, Seen, Within, plain};

/// An object with the members of the named one.
pub(super) struct Object<'t>(pub(super) &'t str);

impl Kind for Object<'_> {
    fn wording(&self) -> String {
        format!("a `{}`", self.0)
    }

    fn json(&self) -> Json {
        Json::Object
    }

    fn strategy(&self, within: &Within<'_>) -> BoxedStrategy<Value> {
        let object = within.api.object(self.0);
        within.object(self.0, object.map_or(&[][..], |object| &object.fields))
    }

    fn other_types(&self, field: &Field) -> Vec<Value> {
        match field.delimited {
            // The members may be given in a text.
            Some(_) => vec![json!(1), json!(true), json!([1])],
            None => plain::no_objects(),
        }
    }

    fn is_merged(&self) -> bool {
        true
    }

    fn has_form(&self, value: &Value, seen: &Seen<'_>) -> bool {
        let map = value.as_object();
        map.is_some_and(|map| (seen.is_whole)(self.0, map))
    }
}
