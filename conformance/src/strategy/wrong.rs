//! Values of wrong types.

use fieldproof_spec::model::{Api, Field, Type, UnknownMembers};
use serde_json::{Map, Value, json};

use crate::kind::kind;
use crate::model::{accept, sent};

/// Values that are wrong in their JSON type, and in nothing else.
pub fn wrong_types(api: &Api, field: &Field) -> Vec<Value> {
    let mut all = other_types(field);
    all.retain(|value| {
        let mut found = Vec::new();
        let meant = sent(field, value);
        let read = accept(api, field, &meant, &Map::new(), "", &mut found);
        let root =
            matches!(found.as_slice(), [one] if one.code == "type" && one.pointer.is_empty());
        // If unknown members are refused, the members of a wrong object would be a second
        // violation.
        let holds = value.as_object().is_some_and(|map| !map.is_empty());
        let members = !field.objects().is_empty() || matches!(field.ty, Type::Child(_));
        let strict = api.switches.unknown_members == UnknownMembers::Reject;
        read.is_none() && root && !(strict && holds && members)
    });
    all
}

/// Candidates, before it is checked that they are refused.
fn other_types(field: &Field) -> Vec<Value> {
    let mut single = kind(&field.ty).other_types(field);
    match (field.list, field.scalar_as_list) {
        (false, _) => single,
        (true, true) => {
            single.retain(|value| !value.is_array());
            single
        }
        (true, false) => vec![json!("x"), json!(1), json!({ "x": 1 })],
    }
}
