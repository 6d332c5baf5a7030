//! The contents of a notification.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use crate::model::template::{self, Data};

/// The contents of a notification.
pub(crate) trait Content {
    /// Whether a notification has a body: DELETE sends none.
    fn has_body(&self, _watch: &Resource, method: &str) -> bool {
        method != "DELETE"
    }

    /// The object before the change, sent along with the current one; `null` for a new
    /// object.
    fn previous(
        &self,
        _watch: &Resource,
        before: Option<&Map<String, Value>>,
        _now: &Map<String, Value>,
    ) -> Value {
        before.map_or(Value::Null, |one| Value::Object(one.clone()))
    }

    /// The data that a template is filled with: what everybody sees. If the author of the
    /// watch sees scoped members, the template may name those too.
    fn data(&self, _watch: &Resource, owner_sees: bool, open: Value, full: Value) -> Data {
        Data {
            open,
            named: owner_sees.then_some(full),
        }
    }

    /// Renders a template: texts of the data stay texts, whatever they contain.
    fn filled(&self, _watch: &Resource, template: &Value, data: &Data) -> String {
        template::render(template, data)
    }
}
