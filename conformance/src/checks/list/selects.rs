//! The objects that filters select.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Asks, Field, List, Refusal};
use serde_json::Value;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::http::encode;
use crate::kind::kind;
use crate::model::matches;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, filters};
use crate::support::filter::{alike, questions, separating, strangers};
use crate::support::has_form;

pub(crate) static CHECK: Check = Check {
    name: "selects",
    about: "The filter selects exactly the objects that the reference model selects, among objects that tell it from \
            its plausible wrong twins: prefix, suffix, other case, other fold, SQL wildcards, blanks, `null`; \
            and shows them as the list without it does.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| filters(api, |_, _| true),
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let (resource, filter) = (subject.resource(api), subject.filter(api));
    let Some(field) = resource.field(&filter.field) else {
        return Vec::new();
    };
    let kind = kind(&field.ty);
    let text = kind.free().is_some() && !field.list;
    let asks = filter.op.asks();
    let above = matches!(
        asks,
        Asks::Range {
            lower: true,
            inclusive: false
        }
    );
    let folded = text && asks == Asks::Folded;
    let compared = asks.is_range();
    let ends = kind.is_endless() && field.unique.is_none() && field.on_create();
    let first = |list: &List| list.filters.first() == Some(filter);
    let first = resource.list.as_ref().is_some_and(first);
    // What is shown to who asks for anything is broken for all filters alike.
    let mut shown = subject.resource_mutations_where(&[(first, Operator::SelectedShort)]);
    shown.extend(subject.mutations_where(&[
        (true, Operator::FilterIgnored),
        (
            folded || text && asks == Asks::Value,
            Operator::FilterPrefix,
        ),
        (folded, Operator::FilterCased),
        // Only texts that the suite writes distinguish the two.
        (folded && resource.create.is_some(), Operator::FilterLowered),
        (compared, Operator::FilterStrict),
        (above && ends, Operator::FilterSaturates),
        (kind.tick().is_some(), Operator::MomentLoose),
    ]));
    shown
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, filter) = (subject.resource(harness.api), subject.filter(harness.api));
    let Some(field) = resource.field(&filter.field) else {
        return Ok(());
    };
    let above = harness.make_above(resource)?;
    let made = match resource.create {
        Some(_) => separating(harness, resource, filter, field, &above)?,
        None => harness.present(resource, &above)?,
    };
    let own: Vec<String> = made.iter().map(|one| one.id().to_owned()).collect();
    let collection = crate::harness::collection(resource, &above);
    // What no filter is asked for shows the objects that those with one are compared with.
    harness.all(resource, &collection, "")?;
    let mut texts: BTreeSet<String> = strangers(harness, field, filter).into_iter().collect();
    for one in &made {
        texts.extend(questions(field, filter, one));
    }
    // Other formats of times are judged only if the spec says something about formats.
    if harness.api.dialect.formats.row.is_none() && kind(&field.ty).tick().is_some() {
        let printed = |text: &String| has_form(harness, resource, field, &text.as_str().into());
        texts.retain(|text| printed(text) || is_whole(text));
    }
    let (mut some, mut not_all) = (false, false);
    for text in texts {
        let expected: BTreeSet<String> = made
            .iter()
            .filter(|one| matches(resource, filter, &text, &one.shown))
            .map(|one| one.id().to_owned())
            .collect();
        some |= !expected.is_empty();
        not_all |= expected.len() < made.len();
        let query = format!("{}={}", encode(&filter.names[0]), encode(&text));
        let found: BTreeSet<String> = harness
            .walk(resource, &collection, &query, &own)?
            .into_iter()
            .collect();
        if found != expected {
            let show = |ids: &BTreeSet<String>| {
                let values = made
                    .iter()
                    .filter(|one| ids.contains(one.id()))
                    .map(|one| one.shown.get(&field.name).cloned());
                Value::Array(values.map(Option::unwrap_or_default).collect())
            };
            return harness.fail(format!(
                "`{text}` selects {}, got {}",
                show(&expected),
                show(&found)
            ));
        }
    }
    match some && not_all {
        true => refuses(
            harness,
            field,
            filter.op.asks(),
            &collection,
            &filter.names[0],
        ),
        false => Err(alike(harness, resource, field)),
    }
}

/// Texts that are not values of the field are refused.
fn refuses(
    harness: &Harness<'_>,
    field: &Field,
    asks: Asks,
    collection: &str,
    name: &str,
) -> Result<(), CheckError> {
    let kind = kind(&field.ty);
    let values = kind.closed().unwrap_or_default();
    let legal = |text: &str| values.iter().any(|one| one == text);
    if !harness.says(Refusal::Query) {
        return Ok(());
    }
    for bad in kind.unasked(asks).iter().filter(|text| !legal(text)) {
        let target = format!("{collection}?{}={}", encode(name), encode(bad));
        harness.refused_query(&Request::get(&target), &[(name, "not_a_value")])?;
    }
    Ok(())
}

/// Whether a text is a complete RFC 3339 time in its plainest form.
fn is_whole(text: &str) -> bool {
    let zone =
        text.ends_with('Z') || text.len() > 6 && text[text.len() - 6..].starts_with(['+', '-']);
    text.is_ascii() && zone && text.as_bytes().get(10) == Some(&b'T') && text.len() >= 20
}
