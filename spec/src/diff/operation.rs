//! Differences of operations.

use super::change::Changes;
use crate::model::{Resource, Verb};

/// The operations of a resource, its list aside.
pub(super) fn all(path: &str, old: &Resource, new: &Resource, changes: &mut Changes) {
    let at = |name: &str| format!("{path}.{name}");
    if there(&at("get"), old.get.is_some(), new.get.is_some(), changes)
        && let (Some(old), Some(new)) = (&old.get, &new.get)
    {
        let names = |also: &[(String, _)]| also.iter().map(|(name, _)| name.clone()).collect();
        let (before, after): (Vec<String>, Vec<String>) = (names(&old.also), names(&new.also));
        changes.names(
            &at("get"),
            "the look-up by",
            before.iter().map(String::as_str),
            after.iter().map(String::as_str),
        );
    }
    if there(
        &at("create"),
        old.create.is_some(),
        new.create.is_some(),
        changes,
    ) {
        changes.same(
            &at("create"),
            "the path",
            &old.create_path(),
            &new.create_path(),
        );
        if let (Some(old), Some(new)) = (&old.create, &new.create) {
            verbs(&at("create"), &old.verbs, &new.verbs, changes);
            changes.same(&at("create"), "the status", &old.status, &new.status);
        }
    }
    if there(
        &at("update"),
        old.update.is_some(),
        new.update.is_some(),
        changes,
    ) && let (Some(old), Some(new)) = (&old.update, &new.update)
    {
        verbs(&at("update"), &old.verbs, &new.verbs, changes);
        let path = at("update");
        changes.same(
            &path,
            "what becomes of members that are not sent",
            &old.effect,
            &new.effect,
        );
        if old.also_path.is_some() {
            changes.same(&path, "the other path", &old.also_path, &new.also_path);
        }
    }
    if there(
        &at("append"),
        old.append.is_some(),
        new.append.is_some(),
        changes,
    ) && let (Some(old), Some(new)) = (&old.append, &new.append)
    {
        verbs(&at("append"), &old.verbs, &new.verbs, changes);
        changes.names(
            &at("append"),
            "the list",
            old.fields.iter().map(String::as_str),
            new.fields.iter().map(String::as_str),
        );
    }
    if there(
        &at("delete"),
        old.delete.is_some(),
        new.delete.is_some(),
        changes,
    ) && let (Some(old), Some(new)) = (&old.delete, &new.delete)
    {
        changes.same(&at("delete"), "the status", &old.status, &new.status);
        changes.same(
            &at("delete"),
            "what goes with it",
            &old.cascade,
            &new.cascade,
        );
    }
}

/// Whether an operation is there in both.
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
