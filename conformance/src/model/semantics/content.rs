//! What a notification says.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use crate::model::template::{self, Data};

/// What a notification says.
pub(crate) trait Content {
    /// Whether a notification has a body: it is not sent by DELETE.
    fn has_body(&self, _watch: &Resource, method: &str) -> bool {
        method != "DELETE"
    }

    /// The object as it was before, beside what it is now; `null` for a new one.
    fn previous(
        &self,
        _watch: &Resource,
        before: Option<&Map<String, Value>>,
        _now: &Map<String, Value>,
    ) -> Value {
        before.map_or(Value::Null, |one| Value::Object(one.clone()))
    }

    /// What a template is filled in with: what everybody sees. Where whoever wrote the
    /// watch sees members that a scope shows, the template may also name those.
    fn data(&self, _watch: &Resource, owner_sees: bool, open: Value, full: Value) -> Data {
        Data {
            open,
            named: owner_sees.then_some(full),
        }
    }

    /// A template filled in: texts of the data stay texts, whatever stands in them.
    fn filled(&self, _watch: &Resource, template: &Value, data: &Data) -> String {
        template::render(template, data)
    }
}
