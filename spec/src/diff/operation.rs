//! Differences of operations.

use super::change::Changes;
use crate::model::{Get, Resource, Update, Verb};

/// Compares the operations of a resource, except its list.
pub(super) fn all(path: &str, old: &Resource, new: &Resource, changes: &mut Changes) {
    let at = |name: &str| format!("{path}.{name}");
    if let Some((old, new)) = both(&at("get"), &old.get, &new.get, changes) {
        get(&at("get"), old, new, changes);
    }
    if let Some(pair) = both(&at("create"), &old.create, &new.create, changes) {
        let paths = (&old.create_path(), &new.create_path());
        changes.same(&at("create"), "the path", paths.0, paths.1);
        verbs(&at("create"), &pair.0.verbs, &pair.1.verbs, changes);
        let (old, new) = (&pair.0.status, &pair.1.status);
        changes.same(&at("create"), "the status", old, new);
    }
    if let Some((old, new)) = both(&at("update"), &old.update, &new.update, changes) {
        update(&at("update"), old, new, changes);
    }
    if let Some((old, new)) = both(&at("append"), &old.append, &new.append, changes) {
        verbs(&at("append"), &old.verbs, &new.verbs, changes);
        let (old, new) = (&old.fields, &new.fields);
        changes.names(&at("append"), "the list", texts(old), texts(new));
    }
    if let Some((old, new)) = both(&at("delete"), &old.delete, &new.delete, changes) {
        changes.same(&at("delete"), "the status", &old.status, &new.status);
        let (old, new) = (&old.cascade, &new.cascade);
        changes.same(&at("delete"), "what goes with it", old, new);
    }
}

fn get(path: &str, old: &Get, new: &Get, changes: &mut Changes) {
    let before = old.also.iter().map(|(name, _)| name.as_str());
    let after = new.also.iter().map(|(name, _)| name.as_str());
    changes.names(path, "the look-up by", before, after);
}

fn update(path: &str, old: &Update, new: &Update, changes: &mut Changes) {
    verbs(path, &old.verbs, &new.verbs, changes);
    let what = "what becomes of members that are not sent";
    changes.same(path, what, &old.effect, &new.effect);
    if old.also_path.is_some() {
        changes.same(path, "the other path", &old.also_path, &new.also_path);
    }
}

fn texts(names: &[String]) -> impl Iterator<Item = &str> {
    names.iter().map(String::as_str)
}

/// The operation in both versions, if it is in both.
fn both<'a, T>(
    path: &str,
    old: &'a Option<T>,
    new: &'a Option<T>,
    changes: &mut Changes,
) -> Option<(&'a T, &'a T)> {
    there(path, old.is_some(), new.is_some(), changes);
    old.as_ref().zip(new.as_ref())
}

/// Whether an operation is in both versions; otherwise the difference is reported.
pub(super) fn there(path: &str, old: bool, new: bool, changes: &mut Changes) -> bool {
    match (old, new) {
        (true, false) => changes.breaks(path, "the operation is gone"),
        (false, true) => changes.adds(path, "the operation is new"),
        _ => {}
    }
    old && new
}

fn verbs(path: &str, old: &[Verb], new: &[Verb], changes: &mut Changes) {
    let (before, after) = (
        old.iter().map(|one| one.as_str()),
        new.iter().map(|one| one.as_str()),
    );
    changes.names(path, "the method", before, after);
}
