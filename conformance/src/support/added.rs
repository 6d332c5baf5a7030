//! Values for appends.

use crate::harness::Harness;
use crate::kind::kind;
use fieldproof_spec::model::Field;
use serde_json::{Map, Value};

/// Values that differ from each other.
pub(crate) fn added(harness: &Harness<'_>, field: &Field) -> Vec<Value> {
    match kind(&field.ty).closed() {
        Some(texts) => texts.into_iter().map(Value::from).collect(),
        None => (0..2)
            .map(|_| harness.fresh_for(field, &Map::new()))
            .collect(),
    }
}
