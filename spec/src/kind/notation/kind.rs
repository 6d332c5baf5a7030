//! Notations as types of fields.

use serde_json::Value;

use super::{Asked, Notation};
use crate::kind::facts::Kind;
use crate::kind::text::text;
use crate::syntax::Op;

impl Kind for Notation {
    fn carries(&self, op: Op) -> bool {
        match self.facts().asked {
            Asked::Never => false,
            Asked::Text => matches!(op, Op::Equals | Op::EqualsFolded | Op::ContainsWords),
            Asked::Form(_) => op == Op::Equals,
        }
    }

    fn compared_as(&self) -> &'static str {
        match self.facts().asked {
            Asked::Never | Asked::Text => "text",
            Asked::Form(class) => class,
        }
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let facts = self.facts();
        let text = text(value, 0, facts.max.unwrap_or(u32::MAX))?;
        (facts.form)(text).map(Value::from).ok_or(facts.code)
    }

    fn lengths(&self) -> (u32, u32) {
        self.facts().lengths
    }
}
