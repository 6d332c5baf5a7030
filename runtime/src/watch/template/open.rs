//! Rendering of values that contain members which have to be named.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use crate::watch::jsonpath::is_open;

/// A value without the members inside it that have to be named; the value itself was selected.
pub(super) struct Open<'v> {
    pub(super) value: &'v Value,
    pub(super) named: &'v [&'v Value],
}

impl Serialize for Open<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { value, named } = *self;
        let inside = |value| Open { value, named };
        match value {
            // Naming a member also names everything inside it.
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
