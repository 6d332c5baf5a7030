//! Several filters at once.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Asks, Operation, UnknownParameters};
use serde_json::Value;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::http::encode;
use crate::model::matches;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "together",
    about: "Of several filters all have to hold; the same one twice is refused with 400, but for one of which all values have to be there.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = crate::subject::each_operation(api, &[Operation::List], &[]);
        subjects.retain(|subject| {
            let resource = subject.resource(api);
            let filters = resource.list.as_ref().map_or(0, |list| list.filters.len());
            filters > 0
        });
        for subject in &mut subjects {
            let list = api
                .resource(&subject.resource)
                .and_then(|resource| resource.list.as_ref());
            let rulings = list
                .iter()
                .flat_map(|list| &list.filters)
                .flat_map(|filter| filter.row.rulings.clone());
            subject.rows[0].rulings.extend(rulings);
            subject.rows[0].rulings.sort();
            subject.rows[0].rulings.dedup();
        }
        subjects
    },
    mutants: |_, subject| subject.resource_mutations(&[Operator::FiltersAnyOf]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let filters = resource
        .list
        .as_ref()
        .map(|list| list.filters.as_slice())
        .unwrap_or_default();
    let above = harness.make_above(resource)?;
    let made = harness.some(resource, &above)?;
    let own: Vec<String> = made.iter().map(|one| one.id().to_owned()).collect();
    let collection = crate::harness::collection(resource, &above);
    harness.all(resource, &collection, "")?;
    for one in &made {
        let asked: Vec<_> = filters
            .iter()
            .filter_map(|filter| Some((filter, text(one.shown.get(&filter.field)?)?)))
            .collect();
        for pair in asked.windows(2) {
            let query: Vec<String> = pair
                .iter()
                .map(|(filter, text)| format!("{}={}", encode(&filter.names[0]), encode(text)))
                .collect();
            let expected: BTreeSet<&str> = made
                .iter()
                .filter(|one| {
                    pair.iter()
                        .all(|(filter, text)| matches(resource, filter, text, &one.shown))
                })
                .map(|one| one.id())
                .collect();
            let found = harness.walk(resource, &collection, &query.join("&"), &own)?;
            let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
            harness.ensure(found == expected, || {
                format!(
                    "{} selects {} objects, got {}",
                    query.join("&"),
                    expected.len(),
                    found.len()
                )
            })?;
        }
    }
    // Values of has-all filters may be sent one by one.
    let strict = harness
        .api
        .dialect
        .unknown_parameters
        .is(UnknownParameters::Refused);
    let mut once = filters
        .iter()
        .filter(|one| strict && one.op.asks() != Asks::Several);
    if let Some(once) = once.next() {
        let text = made
            .iter()
            .find_map(|one| text(one.shown.get(&once.field)?));
        if let Some(text) = text {
            let pair = format!("{}={}", encode(&once.names[0]), encode(&text));
            harness.refused_query(
                &Request::get(&format!("{collection}?{pair}&{pair}")),
                &[(&once.names[0], "repeated_parameter")],
            )?;
        }
    }
    Ok(())
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
