//! What is rendered of a value that holds members only a name leads to.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use crate::watch::jsonpath::is_open;

/// A value without those inside it that only a name leads to; the value itself
/// is one that was found.
pub(super) struct Open<'v> {
    pub(super) value: &'v Value,
    pub(super) named: &'v [&'v Value],
}

impl Serialize for Open<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { value, named } = *self;
        let inside = |value| Open { value, named };
        match value {
            // What stands inside of a named one is named with it.
            _ if !is_open(named, value) => value.serialize(serializer),
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&inside(item))?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(None)?;
                for (name, item) in members.iter().filter(|(_, item)| is_open(named, item)) {
                    map.serialize_entry(name, &inside(item))?;
                }
                map.end()
            }
            other => other.serialize(serializer),
        }
    }
}
