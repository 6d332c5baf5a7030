//! Texts in a notation of their own, from the facts that the spec crate knows.

use fieldproof_spec::kind::{Asked, Notation};
use fieldproof_spec::model::{Asks, Field, IdKind};
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::plain;
use super::stored::{ColumnKind, Reading, notation};
use crate::plan::Plan;
use crate::shape::TEXT;

impl<'a> Kind<'a> for Notation {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        notation(*self)
    }

    fn column(&self, _: &Field) -> ColumnKind {
        match self.facts().asked {
            Asked::Never | Asked::Text => ColumnKind::Text,
            Asked::Form(_) => ColumnKind::External,
        }
    }

    fn filter_value(&self, asks: Asks, _: IdKind) -> Reading<'a> {
        match self.facts().asked {
            Asked::Never | Asked::Text => plain::reading(asks),
            Asked::Form(_) => Reading::Notation(*self),
        }
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        schema(*self, self.facts().shown)
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        schema(*self, self.facts().taken.or(Some(TEXT)))
    }
}

fn schema(notation: Notation, pattern: Option<&str>) -> Value {
    let facts = notation.facts();
    let mut schema = json!({ "type": "string" });
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            schema[key] = value;
        }
    };
    put("format", facts.format.map(Value::from));
    put("pattern", pattern.map(Value::from));
    put("maxLength", facts.max.map(Value::from));
    schema
}
