//! The effects of spec changes on existing clients.

mod change;
mod field;
mod list;
mod operation;
mod rename;

pub use change::Change;

use self::change::Changes;
use crate::model::{Api, Object, Resource};

/// The differences between two versions of the specs of a server, breaking ones first.
#[must_use]
pub fn diff(old: &[Api], new: &[Api]) -> Vec<Change> {
    let mut changes = Changes::default();
    let names = |apis: &[Api]| apis.iter().map(|api| api.name.clone()).collect::<Vec<_>>();
    let (before, after) = (names(old), names(new));
    changes.names(
        "",
        "the API",
        before.iter().map(String::as_str),
        after.iter().map(String::as_str),
    );
    for api in old {
        if let Some(next) = new.iter().find(|one| one.name == api.name) {
            // What code and database call a resource is no matter of clients.
            compare(&rename::renamed(api, next), next, &mut changes);
        }
    }
    let mut all = changes.0;
    all.sort_by_key(|change| !change.breaking);
    all
}

fn compare(old: &Api, new: &Api, changes: &mut Changes) {
    let at = |path: &str| format!("{}.{path}", old.name);
    changes.same(&at("base"), "the base path", &old.base, &new.base);
    changes.same(&at("auth"), "the scope", &old.scope, &new.scope);
    if old.auth_headers.is_some() && old.auth_headers != new.auth_headers {
        changes.breaks(&at("auth.headers"), "the pair of headers is another one");
    }
    changes.same(
        &at("switches"),
        "the position of a switch",
        &old.switches,
        &new.switches,
    );
    fn resources(api: &Api) -> impl Iterator<Item = &str> {
        api.resources.iter().map(|one| one.name.as_str())
    }
    let path = at("resources");
    changes.names(&path, "the resource", resources(old), resources(new));
    for one in &old.resources {
        if let Some(next) = new.resource(&one.name) {
            resource(&format!("{path}.{}", one.name), one, next, changes);
        }
    }
    for one in &old.objects {
        if let Some(next) = new.object(&one.name) {
            object(&at(&format!("objects.{}", one.name)), one, next, changes);
        }
    }
    let lists = |api: &Api| -> Vec<String> {
        let presets = api.presets.iter().flat_map(|one| one.lists.keys());
        presets.chain(&api.settings).cloned().collect()
    };
    let (before, after) = (lists(old), lists(new));
    changes.names(
        &at("presets"),
        "the list or setting of the deployment",
        before.iter().map(String::as_str),
        after.iter().map(String::as_str),
    );
}

fn object(path: &str, old: &Object, new: &Object, changes: &mut Changes) {
    changes.same(path, "what is shared", &old.shared, &new.shared);
    field::all(&format!("{path}.fields"), &old.fields, &new.fields, changes);
}

fn resource(path: &str, old: &Resource, new: &Resource, changes: &mut Changes) {
    changes.same(path, "the path", &old.path, &new.path);
    changes.same(
        path,
        "the identifier",
        &(&old.id, old.id_kind),
        &(&new.id, new.id_kind),
    );
    let parent = |one: &Resource| one.parent.as_ref().map(|one| one.resource.clone());
    changes.same(path, "the parent", &parent(old), &parent(new));
    let combined = |one: &Resource| -> Vec<String> {
        let exclusive = one.exclusive.iter().map(|one| one.fields.join(", "));
        let unique = one.unique.iter().map(|one| one.fields.join(" with "));
        let distinct = one.distinct.iter().map(|one| one.fields.join(" or "));
        exclusive.chain(unique).chain(distinct).collect()
    };
    let (before, after) = (combined(old), combined(new));
    for rule in after.iter().filter(|rule| !before.contains(rule)) {
        changes.breaks(path, format!("a rule on {rule} is new"));
    }
    for rule in before.iter().filter(|rule| !after.contains(rule)) {
        changes.adds(path, format!("a rule on {rule} is gone"));
    }
    field::all(&format!("{path}.fields"), &old.fields, &new.fields, changes);
    operation::all(path, old, new, changes);
    list::compare(
        &format!("{path}.list"),
        old.list.as_ref(),
        new.list.as_ref(),
        changes,
    );
}
