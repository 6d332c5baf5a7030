//! Objects that others share, and lists that are added to.

use fieldproof_spec::model::Shared;
use serde_json::{Map, Value};

use super::place::Member;

/// Objects that others share, and lists that are added to.
pub(crate) trait Sharing {
    /// Whether a body means this shared object: by its identifier, otherwise by its key.
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

    /// A shared object after a body has said something of it: what is said counts for
    /// everybody, also of one that was there.
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

    /// A list that something was added to: what was there, then what is new to it.
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
