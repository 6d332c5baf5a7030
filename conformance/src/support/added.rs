//! Values that an append adds.

use crate::lab::Lab;
use fieldproof_spec::model::{Field, Type};
use serde_json::{Map, Value};

/// Values that differ from each other.
pub(crate) fn added(lab: &Lab<'_>, field: &Field) -> Vec<Value> {
    match &field.ty {
        Type::Values(values) => values.iter().map(|text| text.as_str().into()).collect(),
        _ => (0..2).map(|_| lab.fresh_for(field, &Map::new())).collect(),
    }
}
