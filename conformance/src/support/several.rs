//! Lists that tell whether every element is kept, and in which order.

use fieldproof_spec::model::{Api, Field, Resource, Type};
use serde_json::{Map, Value};

use crate::harness::Harness;
use crate::kind::kind;
use crate::model::room;

/// Most elements of such a list.
const MOST: usize = 3;

/// Whether a member is a list whose elements a request can say in more than one order.
pub(crate) fn has_order(api: &Api, field: &Field) -> bool {
    let of_values = !matches!(field.ty, Type::Child(_) | Type::Shared(_));
    let room = field.max_items.is_none_or(|most| most > 1) && kind(&field.ty).room(api) > 1;
    field.list && field.is_shown() && of_values && room
}

/// Children that are made with their parent, several where there is room.
pub(crate) fn children(harness: &Harness<'_>, resource: &Resource) -> Map<String, Value> {
    let fields = resource.fields.iter();
    let own = fields.filter(|one| one.on_create() && matches!(one.ty, Type::Child(_)));
    let value = |one: &Field| {
        let several = several(harness, one);
        several.unwrap_or_else(|| harness.value(resource, one, &Map::new()))
    };
    own.map(|one| (one.name.clone(), value(one))).collect()
}

/// A legal list of elements that differ, in another order than a closed list has them and
/// texts are sorted in; nothing for a member that is no list, or has no room for two.
pub(crate) fn several(harness: &Harness<'_>, field: &Field) -> Option<Value> {
    let children = match &field.ty {
        Type::Child(name) => harness.api.resource(name),
        _ => None,
    };
    let most = children.map_or(MOST, |child| room(harness.api, child).min(2));
    let most = field.max_items.map_or(most, |own| most.min(own as usize));
    if !field.list && children.is_none() || most < 2 {
        return None;
    }
    let one = |_| match children {
        Some(child) => Value::Object(harness.full_body(child, &Map::new())),
        None => harness.fresh_for(field, &Map::new()),
    };
    let elements = kind(&field.ty).elements(harness.api, harness);
    let mut elements = elements.unwrap_or_else(|| (0..most).map(one).collect());
    elements.sort_by_key(|one| std::cmp::Reverse(one.to_string()));
    elements.dedup();
    if let Some(listed) = kind(&field.ty).listed(harness.api) {
        let place = |one: &Value| listed.iter().position(|text| one == text);
        elements.sort_by_key(|one| std::cmp::Reverse(place(one)));
    }
    elements.truncate(most);
    (elements.len() > 1).then(|| Value::Array(elements))
}
