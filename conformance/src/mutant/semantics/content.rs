//! Mutations of the contents of notifications.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::{MutatedSemantics, template};
use crate::model::{Content, Data, Documented};
use crate::mutant::mutation::Operator;

impl Content for MutatedSemantics {
    fn has_body(&self, watch: &Resource, method: &str) -> bool {
        let always = self.of(watch) == Some(Operator::DeleteSendsBody);
        always || Documented.has_body(watch, method)
    }

    fn previous(
        &self,
        watch: &Resource,
        before: Option<&Map<String, Value>>,
        now: &Map<String, Value>,
    ) -> Value {
        match self.of(watch) {
            Some(Operator::PreviousLate) => Documented.previous(watch, Some(now), now),
            _ => Documented.previous(watch, before, now),
        }
    }

    fn data(&self, watch: &Resource, owner_sees: bool, open: Value, full: Value) -> Data {
        match self.of(watch) {
            Some(Operator::TemplateShowsAll) => Documented.data(watch, true, open, full),
            Some(Operator::TemplateShowsNothing) => Documented.data(watch, false, open, full),
            Some(Operator::TemplateShowsWhole) if owner_sees => {
                Documented.data(watch, false, full, Value::Null)
            }
            _ => Documented.data(watch, owner_sees, open, full),
        }
    }

    fn filled(&self, watch: &Resource, template: &Value, data: &Data) -> String {
        match self.of(watch) {
            Some(Operator::TemplateOpen) => template::open(template, data),
            _ => Documented.filled(watch, template, data),
        }
    }
}
