//! Two parameters that bound an interval.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Form};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness};
use crate::http::encode;
use crate::kind::kind;
use crate::model::{matches, print};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::filter::stamped;

pub(crate) static CHECK: Check = Check {
    name: "interval",
    about: "Both bounds together select what lies between them, whichever of them is the earlier one; whether a bound \
            belongs to it is said by its filter.",
    severity: Severity::Major,
    waits: true,
    oblige,
    mutants: |_, subject| subject.resource_mutations(&[Operator::IntervalOneWay]),
    run,
};

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in api.resources.iter().filter(|one| one.create.is_some()) {
        for interval in resource.list.iter().flat_map(|list| &list.intervals) {
            let part = SubjectPart::Interval {
                from: interval.from.clone(),
                to: interval.to.clone(),
            };
            let id = format!("{}.list.{}", resource.name, part.name());
            subjects.push(Subject::new(id, &resource.name, part, &[&interval.row]));
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let SubjectPart::Interval { from, to } = &subject.part else {
        return Ok(());
    };
    let filters = resource.list.iter().flat_map(|list| &list.filters);
    let named = |name: &String| filters.clone().find(|filter| filter.names[0] == *name);
    let (Some(lower), Some(upper)) = (named(from), named(to)) else {
        return Ok(());
    };
    let Some(field) = resource.field(&lower.field) else {
        return Ok(());
    };
    let above = harness.make_above(resource)?;
    let made = stamped(harness, resource, field, &above)?;
    let own: Vec<String> = made.iter().map(|one| one.id().to_owned()).collect();
    let collection = crate::harness::collection(resource, &above);
    let at: Vec<i64> = made
        .iter()
        .filter_map(|one| kind(&field.ty).instant(one.shown.get(&field.name)?))
        .collect();
    let (Some(first), Some(last)) = (at.first(), at.last()) else {
        return harness.fail(format!("`{}` is a moment", field.name));
    };
    let text = |at: i64| print(Form::MillisZ, at);
    for (start, end) in [(*first, *last), (*last, *first), (*first, *first)] {
        let query = format!(
            "{from}={}&{to}={}",
            encode(&text(start)),
            encode(&text(end))
        );
        let (low, high) = (text(start.min(end)), text(start.max(end)));
        // Whether a bound belongs to the interval is said by its filter.
        let selected = made.iter().filter(|one| {
            matches(resource, lower, &low, &one.shown)
                && matches(resource, upper, &high, &one.shown)
        });
        let expected: BTreeSet<&str> = selected.map(Fixture::id).collect();
        let found = harness.walk(resource, &collection, &query, &own)?;
        let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        harness.ensure(found == expected, || {
            format!("`{query}` selects {expected:?}, got {found:?}")
        })?;
    }
    Ok(())
}
