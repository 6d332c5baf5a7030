//! Differences of fields.

use std::mem::discriminant;

use super::change::Changes;
use crate::kind::{Bounds, kind};
use crate::model::{Decimal, Field, Mode, Type};

/// Compares the fields of a resource or an object.
pub(super) fn all(path: &str, old: &[Field], new: &[Field], changes: &mut Changes) {
    for field in old {
        let own = format!("{path}.{}", field.name);
        let next = new.iter().find(|one| one.name == field.name);
        let renamed = || new.iter().find(|one| one.was.as_ref() == Some(&field.name));
        match (next, renamed()) {
            (Some(next), _) => one(&own, field, next, changes),
            (None, Some(next)) => {
                changes.breaks(&own, format!("the member is called `{}` now", next.name));
                one(&format!("{path}.{}", next.name), field, next, changes);
            }
            (None, None) => changes.breaks(&own, "the member is gone"),
        }
    }
    let known = |one: &&Field| {
        let had = |name: &String| old.iter().any(|had| had.name == *name);
        had(&one.name) || one.was.as_ref().is_some_and(had)
    };
    for field in new.iter().filter(|one| !known(one)) {
        let own = format!("{path}.{}", field.name);
        match field.required && field.on_create() {
            true => changes.breaks(&own, "a member that has to be sent is new"),
            false => changes.adds(&own, "the member is new"),
        }
    }
}

fn one(path: &str, old: &Field, new: &Field, changes: &mut Changes) {
    changes.same(path, "list or single value", &old.list, &new.list);
    ty(path, &old.ty, &new.ty, changes);
    changes.same(path, "how it is computed", &old.derive, &new.derive);
    changes.same(path, "the default", &old.default, &new.default);
    changes.same(path, "what it falls back to", &old.fallback, &new.fallback);
    changes.same(path, "the scope that shows it", &old.scope, &new.scope);
    match (old.nullable, new.nullable) {
        (true, false) => changes.breaks(path, "`null` is refused now"),
        (false, true) => changes.breaks(path, "`null` may be shown now"),
        _ => {}
    }
    if !old.may_lack && new.may_lack {
        changes.breaks(path, "answers may lack it now");
    }
    match (old.required, new.required) {
        (false, true) => changes.breaks(path, "it has to be sent now"),
        (true, false) => changes.adds(path, "it may be left out now"),
        _ => {}
    }
    if old.mode != new.mode {
        let opens = new.mode == Mode::ReadWrite && old.mode != Mode::WriteOnly;
        match opens {
            true => changes.adds(path, "it can be written now"),
            false => changes.breaks(path, "who may read and write it is another one"),
        }
    }
    if old.on != new.on {
        changes.breaks(path, "the operations that write it are others");
    }
    match (old.unique, new.unique) {
        (None, Some(_)) => changes.breaks(path, "it has to be unique now"),
        (Some(_), None) => changes.adds(path, "it need not be unique any more"),
        _ => {}
    }
    most(
        path,
        "values of the list",
        old.max_items,
        new.max_items,
        changes,
    );
    let reads = |field: &Field| {
        [
            ("other JSON values of its meaning", field.lenient),
            ("a value alone", field.scalar_as_list),
            ("an object around it", field.envelope.is_some()),
            ("one text for its members", field.delimited.is_some()),
            ("values in any case", field.folded),
            ("another name of it", !field.also.is_empty()),
        ]
    };
    for ((what, had), (_, has)) in reads(old).into_iter().zip(reads(new)) {
        match (had, has) {
            (true, false) => changes.breaks(path, format!("{what} is refused now")),
            (false, true) => changes.adds(path, format!("{what} is read now")),
            _ => {}
        }
    }
    changes.same(path, "what blanks mean", &old.blank, &new.blank);
    let conditions = |field: &Field| (field.only_if.clone(), field.required_if.clone());
    changes.same(
        path,
        "when it may be sent",
        &conditions(old),
        &conditions(new),
    );
    for text in new
        .reserved
        .iter()
        .filter(|text| !old.reserved.contains(text))
    {
        changes.breaks(path, format!("`{text}` is reserved now"));
    }
}

/// Compares two types and their bounds.
fn ty(path: &str, old: &Type, new: &Type, changes: &mut Changes) {
    match (old, new) {
        (Type::Values(had), Type::Values(has)) => {
            let (had, has) = (
                had.iter().map(String::as_str),
                has.iter().map(String::as_str),
            );
            changes.names(path, "the value", had, has);
        }
        (Type::Matching { pattern: had, .. }, Type::Matching { pattern: has, .. })
            if had != has =>
        {
            changes.same(path, "the pattern", had, has);
        }
        (Type::Text { .. }, Type::Matching { .. }) => {
            changes.breaks(path, "it has to match a pattern now");
        }
        (Type::Matching { .. }, Type::Text { .. }) => {
            changes.adds(path, "it need not match a pattern any more");
        }
        (had, has) if discriminant(had) == discriminant(has) => {
            match (kind(had).bounds(), kind(has).bounds()) {
                (Some(Bounds::Length(min, max)), Some(Bounds::Length(low, high))) => {
                    range(path, (min, max), (low, high), changes);
                }
                (Some(Bounds::Whole(min, max)), Some(Bounds::Whole(low, high))) => {
                    range(path, (min, max), (low, high), changes);
                }
                (Some(Bounds::Parts(min, max)), Some(Bounds::Parts(low, high))) => {
                    let of = |min, max| (Decimal::from_parts(min), Decimal::from_parts(max));
                    range(path, of(min, max), of(low, high), changes);
                }
                (Some(Bounds::Double(min, max)), Some(Bounds::Double(low, high))) => {
                    range(path, (min, max), (low, high), changes);
                }
                _ => changes.same(path, "the type", old, new),
            }
        }
        (old, new) => changes.same(path, "the type", old, new),
    }
}

fn range<B: Copy + PartialOrd + std::fmt::Display>(
    path: &str,
    old: (B, B),
    new: (B, B),
    changes: &mut Changes,
) {
    if new.0 > old.0 {
        changes.breaks(
            path,
            format!("the least is {} now, before {}", new.0, old.0),
        );
    }
    if new.1 < old.1 {
        changes.breaks(path, format!("the most is {} now, before {}", new.1, old.1));
    }
    if new.0 < old.0 || new.1 > old.1 {
        changes.adds(path, format!("from {} to {} now", new.0, new.1));
    }
}

/// Compares two maximums; a lower one breaks clients.
pub(super) fn most(
    path: &str,
    what: &str,
    old: Option<u32>,
    new: Option<u32>,
    changes: &mut Changes,
) {
    let number = |most: Option<u32>| most.map_or(u64::MAX, u64::from);
    match number(new).cmp(&number(old)) {
        std::cmp::Ordering::Less => changes.breaks(path, format!("fewer {what} are taken")),
        std::cmp::Ordering::Greater => changes.adds(path, format!("more {what} are taken")),
        std::cmp::Ordering::Equal => {}
    }
}
