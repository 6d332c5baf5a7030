//! Mutations of values that the server generates.

use fieldproof_spec::model::{Derive, Field, Form, Resource, Type};
use serde_json::{Map, Value};

use super::MutatedSemantics;
use crate::model::{Computing, Documented, Member};
use crate::mutant::mutation::Operator;

impl Computing for MutatedSemantics {
    fn identifier(&self, resource: &Resource, clock: i64, number: u64) -> String {
        let mut id = Documented.identifier(resource, clock, number);
        if self.of(resource) == Some(Operator::IdShortened) {
            id.pop();
        }
        id
    }

    fn stamped(&self, resource: &Resource, field: &Field, form: Form, instant: i64) -> Value {
        let instant = match self.at(resource, &field.name) {
            Some(Operator::TimeFrozen) => 0,
            _ => instant,
        };
        Documented.stamped(resource, field, form, instant)
    }

    fn zone(&self, resource: &Resource, field: &Field, object: &Map<String, Value>) -> String {
        match self.at(resource, &field.name) {
            Some(Operator::ZoneIgnored) => "UTC".to_owned(),
            _ => Documented.zone(resource, field, object),
        }
    }

    fn computed(&self, at: &Member<'_>, before: Option<&Value>, now: &Value) -> Value {
        match self.on(at) {
            Some(Operator::DerivedMissing) => Value::Null,
            Some(Operator::DerivedStale) => before.unwrap_or(now).clone(),
            Some(Operator::DerivedCut) => {
                let most = longest(at.resource, at.field) as usize;
                let text = now.as_str().unwrap_or_default();
                text.chars().take(most).collect::<String>().into()
            }
            _ => Documented.computed(at, before, now),
        }
    }
}

/// The largest length limit among the parts of a computed text.
fn longest(resource: &Resource, field: &Field) -> u32 {
    let parts: &[String] = match &field.derive {
        Some(Derive::Join(parts)) => parts,
        _ => &[],
    };
    let most = |part: &String| match resource.field(part)?.ty {
        Type::Text { max, .. } => Some(max),
        _ => None,
    };
    parts.iter().filter_map(most).max().unwrap_or(u32::MAX)
}
