//! Notations as types of fields.

use serde_json::Value;

use super::{Asked, Notation};
use crate::kind::facts::Kind;
use crate::kind::text::text;
use crate::syntax::Asks;

impl Kind for Notation {
    fn carries(&self, asks: Asks) -> bool {
        match self.facts().asked {
            Asked::Never => false,
            Asked::Text => asks.is_textual(),
            Asked::Form(_) => asks == Asks::Value,
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
