//! Values that an append adds.

use crate::kind::kind;
use crate::lab::Lab;
use fieldproof_spec::model::Field;
use serde_json::{Map, Value};

/// Values that differ from each other.
pub(crate) fn added(lab: &Lab<'_>, field: &Field) -> Vec<Value> {
    match kind(&field.ty).closed() {
        Some(texts) => texts.into_iter().map(Value::from).collect(),
        None => (0..2).map(|_| lab.fresh_for(field, &Map::new())).collect(),
    }
}
