//! Values of the objects around a member.

use crate::harness::Harness;
use fieldproof_spec::model::{Api, Field, Type};
use serde_json::{Map, Value};

/// The value of the first field of a path, with this object at its end.
pub(crate) fn around(harness: &Harness<'_>, path: &[&Field], object: Value) -> Value {
    let many = |field: &Field, value: Value| match field.list {
        true => Value::Array(vec![value]),
        false => value,
    };
    let pairs = path.windows(2).rev();
    pairs.fold(many(path[path.len() - 1], object), |value, pair| {
        let mut outer = whole(harness, &pair[0].ty, pair[1], true);
        outer[&pair[1].name] = value;
        many(pair[0], outer)
    })
}

/// An object whose siblings allow the member (`with`), or do not require it.
pub(crate) fn whole(harness: &Harness<'_>, ty: &Type, member: &Field, with: bool) -> Value {
    let conditions = if with {
        &member.only_if
    } else {
        &member.required_if
    };
    let fits = |object: &Value| {
        let same = |(sibling, text): &(String, String)| object[sibling] == text.as_str();
        conditions.is_empty() || conditions.iter().all(same) == with
    };
    let mut drawn = harness.fresh(ty, &Map::new());
    for _ in 0..50 {
        if fits(&drawn) {
            break;
        }
        drawn = harness.fresh(ty, &Map::new());
    }
    drawn
}

/// Whether another field stands in for a member of the field's object.
pub(crate) fn stands_in(api: &Api, field: &Field) -> bool {
    let Type::Object(name) = &field.ty else {
        return false;
    };
    let object = api.object(name);
    object.is_some_and(|object| object.fields.iter().any(|one| !one.fallback.is_empty()))
}
