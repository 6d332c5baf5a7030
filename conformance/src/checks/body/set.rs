//! Lists with unique items, and single values in place of lists.

use fieldproof_spec::model::Api;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::accept;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{agrees, is_changed, taken_by_changes};

pub(crate) static CHECK: Check = Check {
    name: "set",
    about: "A value that is sent twice is kept once, values of a closed list are shown in its order, others as they \
            were sent; where one value may stand alone it becomes a list of one. Commas are part of a text.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && field.on_create()
                && (field.unique_items || field.scalar_as_list)
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let field = subject.field(api);
    let kinds = [
        (field.unique_items, Operator::SetRepeats),
        (field.scalar_as_list, Operator::LoneRefused),
        (
            field.scalar_as_list && is_changed(subject.resource(api), field) && field.is_shown(),
            Operator::FormsOfCreate,
        ),
    ];
    subject.mutations_where(&kinds)
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let elements = kind(&field.ty).elements(harness.api, harness);
    let fresh = || {
        (0..3)
            .map(|_| harness.fresh_for(field, &Map::new()))
            .collect()
    };
    let values: Vec<Value> = elements.unwrap_or_else(fresh);
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return Err(CheckError::Skip(format!(
            "`{}` has no values here",
            field.name
        )));
    };
    let most = field.max_items.map_or(usize::MAX, |most| most as usize);
    if field.unique_items && most < 2 {
        let why = format!("`{}` has no room for a value twice", field.name);
        return Err(CheckError::Skip(why));
    }
    let room = if field.unique_items { most - 1 } else { most };
    let mut turned: Vec<Value> = values.iter().rev().take(room).cloned().collect();
    if let (true, [begin, .., end]) = (field.unique_items, turned.as_slice()) {
        let again = [end.clone(), begin.clone(), end.clone()];
        turned.extend(again);
    } else if field.unique_items {
        turned.push(first.clone());
    }
    turned.truncate(most);
    let mut pairs = vec![(Value::Array(turned.clone()), Value::Array(turned.clone()))];
    let mut bodies = vec![Value::Array(turned)];
    if field.scalar_as_list {
        bodies.extend([first.clone(), last.clone()]);
        pairs.extend([first, last].map(|one| (one.clone(), json!([one]))));
    }
    pairs.push((json!([first]), json!([first])));
    for value in bodies {
        let mut with = Map::new();
        with.insert(field.name.clone(), value.clone());
        let expected = accept(harness.api, field, &value, &with, "", &mut Vec::new());
        let made = harness.make_with(resource, &with)?;
        let shown = made.shown.get(&field.name).cloned();
        let same = expected.as_ref().zip(shown.as_ref());
        let same =
            same.is_some_and(|(expected, shown)| agrees(harness.api, field, expected, shown));
        harness.ensure(same || !field.is_shown(), || {
            format!(
                "{value} is shown as {}, got {}",
                expected.unwrap_or_default(),
                shown.unwrap_or_default()
            )
        })?;
    }
    let above = harness.make_above(resource)?;
    taken_by_changes(harness, resource, field, &above, &pairs)
}
