//! Values that the server generates.

use fieldproof_spec::model::{Field, Form, Resource, Source};
use serde_json::{Map, Value};

use super::place::Member;
use crate::model::time::print;

/// Values that the server generates.
pub(crate) trait Computing {
    /// The identifier of an object, from the clock and a running number.
    fn identifier(&self, resource: &Resource, clock: i64, number: u64) -> String {
        resource.id_kind.sample(clock, number)
    }

    /// A timestamp set by the server, of the create or of the last change, in the format of
    /// its row.
    fn stamped(&self, _resource: &Resource, _field: &Field, form: Form, instant: i64) -> Value {
        print(form, instant).into()
    }

    /// The time zone of a zoned time: the first that the object names, otherwise UTC.
    fn zone(&self, _resource: &Resource, field: &Field, object: &Map<String, Value>) -> String {
        let mut zones = field.fallback.iter().filter_map(|source| match source {
            Source::Field { field } => {
                let (name, member) = field.split_once('.')?;
                object.get(name)?[member].as_str()
            }
            Source::Request { .. } | Source::Setting { .. } => None,
        });
        zones.next().unwrap_or("UTC").to_owned()
    }

    /// The value of a computed member after a write: always recomputed from the current
    /// object.
    fn computed(&self, _at: &Member<'_>, _before: Option<&Value>, now: &Value) -> Value {
        now.clone()
    }
}
