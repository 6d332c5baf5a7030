//! Two parameters that bound an interval.

use std::collections::BTreeSet;

use fieldproof_spec::model::Api;

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::http::encode;
use crate::kind::kind;
use crate::model::print;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::filter::stamped;

pub(crate) static CHECK: Check = Check {
    name: "interval",
    about: "Both bounds together select what lies strictly between them, whichever of them is the earlier one; equal \
            bounds select nothing.",
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
    let filter = resource
        .list
        .iter()
        .flat_map(|list| &list.filters)
        .find(|filter| filter.names[0] == *from);
    let Some(field) = filter.and_then(|filter| resource.field(&filter.field)) else {
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
    let text = |at: i64| encode(&print(fieldproof_spec::model::Form::MillisZ, at));
    for (start, end) in [(*first, *last), (*last, *first), (*first, *first)] {
        let query = format!("{from}={}&{to}={}", text(start), text(end));
        let (low, high) = (start.min(end), start.max(end));
        let expected: BTreeSet<&String> = own
            .iter()
            .zip(&at)
            .filter(|(_, at)| low < **at && **at < high)
            .map(|(id, _)| id)
            .collect();
        let found = harness.walk(resource, &collection, &query, &own)?;
        let found: BTreeSet<&String> = found.iter().collect();
        harness.ensure(found == expected, || {
            format!("`{query}` selects {expected:?}, got {found:?}")
        })?;
    }
    Ok(())
}
