//! Values of members: those of their types, restricted by the keys of the field.

use fieldproof_spec::model::{Api, Blank, Field, Role, Type};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::object::object;
use super::spelling::spelled;
use crate::kind::{Within, kind};
use crate::model::nothing;

/// The maximum depth of an object inside objects of its own type.
const DEPTH: usize = 2;

/// The context of values in a body with members `owner`.
pub(crate) fn within<'a>(api: &'a Api, owner: &'a Map<String, Value>) -> Within<'a> {
    Within {
        api,
        owner,
        inside: &[],
        objects: object,
    }
}

/// Valid values of a type.
pub fn of_type(api: &Api, ty: &Type, owner: &Map<String, Value>) -> BoxedStrategy<Value> {
    kind(ty).strategy(&within(api, owner))
}

/// Valid values of a field in a body with members `owner`.
pub fn valid(api: &Api, field: &Field, owner: &Map<String, Value>) -> BoxedStrategy<Value> {
    member(field, &within(api, owner))
}

/// Valid values of a field, also inside nested objects.
pub(super) fn member(field: &Field, within: &Within<'_>) -> BoxedStrategy<Value> {
    // Recursive objects end at the maximum depth if the field allows it.
    let again = |name: &&str| within.inside.iter().filter(|one| *one == name).count() >= DEPTH;
    let ends = field.list || field.nullable;
    if ends && field.objects().iter().any(again) {
        return Just(nothing(field)).boxed();
    }
    let kind = kind(&field.ty);
    let mut one = spelled(field, fit(field, kind.strategy(within)));
    if !field.reserved.is_empty() && !kind.reserves_names() {
        let reserved = field.reserved.clone();
        let free = move |value: &Value| !reserved.iter().any(|one| value == one);
        one = one.prop_filter("not reserved", free).boxed();
    }
    if let Some(member) = field.envelope.clone() {
        let wrapped = one.clone();
        let wrapped = wrapped.prop_map(move |value| json!({ &member: value }));
        one = prop_oneof![3 => one, 1 => wrapped].boxed();
    }
    if !field.list {
        return one;
    }
    // If no value is known, only an empty list is valid.
    if kind.room(within.api) == 0 {
        return Just(Value::Array(Vec::new())).boxed();
    }
    let most = field.max_items.unwrap_or(4).min(4) as usize;
    let many = vec(one.clone(), 0..=most).prop_map(Value::Array).boxed();
    match field.scalar_as_list {
        true => prop_oneof![3 => many, 1 => one].boxed(),
        false => many,
    }
}

/// The values that the keys of the field allow, out of those of its type.
fn fit(field: &Field, values: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let mut values = values;
    if field.blank != Blank::Text {
        let shown = |value: &Value| value.as_str().is_none_or(|text| !text.trim().is_empty());
        values = values.prop_filter("not blank", shown).boxed();
    }
    if field.role == Some(Role::Username) {
        // A user name ends at the first colon (RFC 7617).
        let plain = |c: char| match c == ':' || c.is_ascii_control() {
            true => 'x',
            false => c,
        };
        let named = move |value: Value| {
            let text = value.as_str().unwrap_or_default().chars();
            text.map(plain).collect::<String>().into()
        };
        values = values.prop_map(named).boxed();
    }
    values
}
