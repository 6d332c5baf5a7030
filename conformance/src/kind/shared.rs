//! Objects shared within a tenant.

use fieldproof_spec::model::{Field, Type};
use proptest::strategy::BoxedStrategy;
use serde_json::Value;

use super::{Json, Kind, Seen, Source, Within};

/// An object of the named type, identified by its key.
pub(super) struct Shared<'t>(pub(super) &'t str);

impl Kind for Shared<'_> {
    fn wording(&self) -> String {
        format!("a `{}`", self.0)
    }

    fn json(&self) -> Json {
        Json::Object
    }

    /// Objects with any key, which other objects may have too.
    fn strategy(&self, within: &Within<'_>) -> BoxedStrategy<Value> {
        let object = within.api.object(self.0);
        let members = object.map_or(&[][..], |object| &object.fields);
        let sent = members.iter().filter(|field| field.ty != Type::Id);
        within.object(self.0, &sent.cloned().collect::<Vec<_>>())
    }

    fn fresh(&self, within: &Within<'_>, source: &dyn Source) -> Value {
        let mut one = source.drawn(self.strategy(within));
        let object = within.api.object(self.0);
        let shared = object.and_then(|one| one.shared.as_ref());
        let members = object.into_iter().flat_map(|object| &object.fields);
        let mut keys = members.filter(|field| shared.is_some_and(|one| one.key == field.name));
        if let Some(key) = keys.next() {
            one[&key.name] = source.unused(key, within.owner);
        }
        one
    }

    fn has_form(&self, value: &Value, seen: &Seen<'_>) -> bool {
        let (object, map) = (seen.api.object(self.0), value.as_object());
        object.zip(map).is_some_and(|(object, map)| {
            let there = |field: &Field| map.contains_key(&field.name);
            object.fields.iter().all(there) && (seen.is_whole)(self.0, map)
        })
    }
}
