//! References to rows of a table that belongs to the deployment.

use serde_json::{Map, Value};

use super::Rule;
use crate::body::Reading;
use crate::body::pointer::token;
use crate::value::{same, whole};

/// A row, sent as an object with its key; further members may repeat the row's other columns.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The table.
    pub table: &'static str,
    /// The member that is the key.
    pub key: &'static str,
}

impl Rule for Entry {
    type Value = Map<String, Value>;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value> {
        let Value::Object(map) = value else {
            reading.refuse(pointer, "type", "must be an object");
            return None;
        };
        let place = format!("{pointer}/{}", token(self.key));
        let key = match map.get(self.key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) if whole(number).is_some() || number.is_u64() => {
                whole(number).map_or_else(|| number.to_string(), |number| number.to_string())
            }
            None => {
                reading.refuse(&place, "required", "must be sent");
                return None;
            }
            Some(_) => {
                reading.refuse(&place, "type", "must be text");
                return None;
            }
        };
        let Some(row) = reading.presets.row(self.table, self.key, &key).cloned() else {
            reading.refuse(&place, "not_a_value", "is not the key of any row");
            return None;
        };
        let mut equal = true;
        for (name, sent) in map.iter().filter(|(name, _)| *name != self.key) {
            let place = || format!("{pointer}/{}", token(name));
            match row.get(name) {
                None => reading.ignore(place),
                Some(kept) if same(kept, sent) => {}
                Some(_) => {
                    equal = false;
                    reading.refuse(&place(), "read_only", "is set by the deployment");
                }
            }
        }
        equal.then_some(row)
    }
}
