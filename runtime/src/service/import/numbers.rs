//! The greatest of the numbered identifiers that are loaded.

use serde_json::Value;

use super::which::of;
use crate::api::Loader;
use crate::table::Table;

/// The greatest number of an identifier among the objects and the children in their lists. What
/// clients create while they are loaded in slices has to come behind it, or would be replaced.
pub(super) fn greatest(loaders: &[&'static Loader], objects: &[Value]) -> Option<u64> {
    let one = |object: &Value| {
        let table = of(loaders, object).ok()?.table;
        let children = table.children.iter().flat_map(|child| {
            let lists = object.as_object().into_iter().flat_map(|all| all.values());
            let items = lists.filter_map(Value::as_array).flatten();
            items.filter_map(|item| number(child.table, item))
        });
        children.chain(number(table, object)).max()
    };
    objects.iter().filter_map(one).max()
}

/// The number of an object's identifier.
fn number(table: &Table, object: &Value) -> Option<u64> {
    let id = table.id_kind.of_json(object.get(table.id)?)?;
    table.id_kind.counted(&id)
}
