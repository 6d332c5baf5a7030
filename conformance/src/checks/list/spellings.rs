//! Aliases of filters.

use std::collections::BTreeSet;

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::http::encode;
use crate::model::matches;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, filters};
use crate::support::filter::{alike, questions, separating};

pub(crate) static CHECK: Check = Check {
    name: "spellings",
    about: "Every documented spelling of the filter selects the same; two of them with different values select nothing.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        filters(api, |resource, filter| {
            resource.create.is_some() && filter.names.len() > 1
        })
    },
    mutants: |_, subject| subject.mutations(&[Operator::FilterAliasMissing]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, filter) = (subject.resource(harness.api), subject.filter(harness.api));
    let Some(field) = resource.field(&filter.field) else {
        return Ok(());
    };
    let above = harness.make_above(resource)?;
    let made = separating(harness, resource, filter, field, &above)?;
    let own: Vec<String> = made.iter().map(|one| one.id().to_owned()).collect();
    let collection = crate::harness::collection(resource, &above);
    harness.all(resource, &collection, "")?;
    let selected = |text: &str| -> BTreeSet<String> {
        let chosen = made
            .iter()
            .filter(|one| matches(resource, filter, text, &one.shown));
        chosen.map(|one| one.id().to_owned()).collect()
    };
    let texts: BTreeSet<String> = made
        .iter()
        .flat_map(|one| questions(field, filter, one))
        .collect();
    let told: Vec<(&String, BTreeSet<String>)> = texts
        .iter()
        .map(|text| (text, selected(text)))
        .filter(|(_, ids)| !ids.is_empty() && ids.len() < made.len())
        .collect();
    let Some((text, expected)) = told.first() else {
        return Err(alike(harness, resource, field));
    };
    let request = |query: &str| -> Result<BTreeSet<String>, CheckError> {
        let found = harness.walk(resource, &collection, query, &own)?;
        Ok(found.into_iter().collect())
    };
    let pair = |name: &str, text: &str| format!("{}={}", encode(name), encode(text));
    let (first, second) = (&filter.names[0], &filter.names[1]);
    for name in &filter.names {
        let found = request(&pair(name, text))?;
        harness.ensure(found == *expected, || {
            format!("`{name}` selects as `{first}` does")
        })?;
    }
    let same = format!("{}&{}", pair(first, text), pair(second, text));
    let found = request(&same)?;
    harness.ensure(found == *expected, || {
        "both spellings may hold together".to_owned()
    })?;
    let other = told.iter().find(|(_, ids)| ids.is_disjoint(expected));
    let Some((other, _)) = other else {
        return Ok(());
    };
    let both = format!("{}&{}", pair(first, text), pair(second, other));
    let found = request(&both)?;
    harness.ensure(found.is_empty(), || {
        "both spellings have to hold".to_owned()
    })
}
