//! What the server makes itself.

use fieldproof_spec::model::{Field, Form, Resource, Source};
use serde_json::{Map, Value};

use super::place::Member;
use crate::model::time::print;

/// What the server makes itself.
pub(crate) trait Computing {
    /// The identifier of the object that is made as the `number`th thing at a moment.
    fn identifier(&self, resource: &Resource, clock: i64, number: u64) -> String {
        resource.id_kind.sample(clock, number)
    }

    /// A moment that the server notes: that of the create or of the last change, in the
    /// form of its row.
    fn stamped(&self, _resource: &Resource, _field: &Field, form: Form, instant: i64) -> Value {
        print(form, instant).into()
    }

    /// The time zone beside a moment: the first that the object names, otherwise UTC.
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

    /// What a computed member has after a write: what is computed of the object as it now
    /// is, whatever it had before.
    fn computed(&self, _at: &Member<'_>, _before: Option<&Value>, now: &Value) -> Value {
        now.clone()
    }
}
