//! Members whose type a sibling decides.

use fieldproof_spec::model::{Field, Type};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::member::member;
use crate::kind::Within;

/// The objects, with a value added for a member whose type a sibling decides.
pub(super) fn with_chosen(
    field: &Field,
    whole: BoxedStrategy<Map<String, Value>>,
    within: &Within<'_>,
) -> BoxedStrategy<Map<String, Value>> {
    let Type::Choice { by, of } = &field.ty else {
        return whole;
    };
    let values = of.iter().map(|(text, _)| {
        let owner = Map::from_iter([(by.clone(), Value::from(text.as_str()))]);
        let within = Within {
            owner: &owner,
            ..*within
        };
        (text.clone(), member(field, &within))
    });
    let values: Vec<(String, BoxedStrategy<Value>)> = values.collect();
    let (by, name) = (by.clone(), field.name.clone());
    let with = move |map: Map<String, Value>| {
        let text = map.get(&by).and_then(Value::as_str);
        let own = values.iter().find(|(one, _)| Some(one.as_str()) == text);
        // Without the sibling it may only be `null`.
        let value = own.map_or_else(|| Just(Value::Null).boxed(), |(_, value)| value.clone());
        let name = name.clone();
        value.prop_map(move |value| {
            let mut map = map.clone();
            map.insert(name.clone(), value);
            map
        })
    };
    whole.prop_flat_map(with).boxed()
}
