//! Shared objects, and lists that are appended to.

use fieldproof_spec::model::Shared;
use serde_json::{Map, Value};

use super::place::Member;

/// Shared objects, and lists that are appended to.
pub(crate) trait Sharing {
    /// Whether a body refers to this shared object: by its identifier, otherwise by its
    /// key.
    fn means(
        &self,
        _at: &Member<'_>,
        shared: &Shared,
        said: &Value,
        one: &Map<String, Value>,
    ) -> bool {
        match said.get(&shared.id) {
            Some(id) => one.get(&shared.id) == Some(id),
            None => one.get(&shared.key) == said.get(&shared.key),
        }
    }

    /// A shared object after a body sent values for it: they apply for everybody, even if
    /// the object existed before.
    fn amended(
        &self,
        _at: &Member<'_>,
        shared: &Shared,
        said: &Value,
        one: &Map<String, Value>,
        _was_there: bool,
    ) -> Map<String, Value> {
        let mut one = one.clone();
        let said = said.as_object().into_iter().flatten();
        let said = said.filter(|(name, _)| **name != shared.id);
        one.extend(said.map(|(name, value)| (name.clone(), value.clone())));
        one
    }

    /// A list after an append: the existing items, followed by the new ones that are not in
    /// it yet.
    fn appended(&self, _at: &Member<'_>, kept: &[Value], items: Vec<Value>) -> Vec<Value> {
        let mut whole = kept.to_vec();
        for item in items {
            if !whole.contains(&item) {
                whole.push(item);
            }
        }
        whole
    }
}
