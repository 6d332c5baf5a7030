//! Differences of lists.

use super::change::Changes;
use super::field::most;
use super::operation::there;
use crate::model::{Envelope, Filter, List};

/// Compares the lists of a resource.
pub(super) fn compare(path: &str, old: Option<&List>, new: Option<&List>, changes: &mut Changes) {
    if !there(path, old.is_some(), new.is_some(), changes) {
        return;
    }
    let (Some(old), Some(new)) = (old, new) else {
        return;
    };
    let shape = |one: &Envelope| {
        (
            one.items.clone(),
            one.total.clone(),
            one.pages.clone(),
            one.page.clone(),
            one.when,
        )
    };
    let (before, after) = (
        old.envelope.as_ref().map(shape),
        new.envelope.as_ref().map(shape),
    );
    changes.same(path, "the shape around the array", &before, &after);
    page(&format!("{path}.page"), old, new, changes);
    sort(&format!("{path}.sort"), old, new, changes);
    for filter in &old.filters {
        for name in &filter.names {
            let own = format!("{path}.filters.{name}");
            match new.filters.iter().find(|one| one.names.contains(name)) {
                Some(next) => {
                    let meaning = |one: &Filter| (one.field.clone(), one.or.clone(), one.op);
                    changes.same(&own, "what it selects", &meaning(filter), &meaning(next));
                    let (old, new) = (Some(filter.most()), Some(next.most()));
                    most(&own, "words or values in one question", old, new, changes);
                }
                None => changes.breaks(&own, "the filter is gone"),
            }
        }
    }
    let known = |name: &&String| !old.filters.iter().any(|one| one.names.contains(name));
    for name in new.filters.iter().flat_map(|one| &one.names).filter(known) {
        changes.adds(&format!("{path}.filters.{name}"), "the filter is new");
    }
    let bounds = |list: &List| -> Vec<(String, String)> {
        let intervals = list.intervals.iter();
        intervals
            .map(|one| (one.from.clone(), one.to.clone()))
            .collect()
    };
    changes.same(path, "the order of bounds", &bounds(old), &bounds(new));
}

fn page(path: &str, old: &List, new: &List, changes: &mut Changes) {
    let (Some((old, _)), Some((new, _))) = (&old.page, &new.page) else {
        if old.page.is_some() {
            changes.breaks(path, "the list is not cut into pages any more");
        } else if new.page.is_some() {
            changes.breaks(path, "the list is cut into pages now");
        }
        return;
    };
    changes.same(path, "the style", &old.style, &new.style);
    changes.same(path, "the size without a wish", &old.default, &new.default);
    most(
        path,
        "objects on a page",
        Some(old.max),
        Some(new.max),
        changes,
    );
}

fn sort(path: &str, old: &List, new: &List, changes: &mut Changes) {
    let Some(before) = &old.sort else {
        if new.sort.is_some() {
            changes.adds(path, "the order can be chosen now");
        }
        return;
    };
    let Some(after) = &new.sort else {
        changes.breaks(path, "the order cannot be chosen any more");
        return;
    };
    changes.names(
        path,
        "the key",
        before.keys.iter().map(String::as_str),
        after.keys.iter().map(String::as_str),
    );
    let names = |one: &crate::model::Sort| (one.by.clone(), one.order.clone());
    changes.same(path, "a parameter", &names(before), &names(after));
    let first = |one: &crate::model::Sort| (one.default.clone(), one.default_order);
    changes.same(
        path,
        "the order without a wish",
        &first(before),
        &first(after),
    );
}
