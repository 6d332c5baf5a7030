//! Timestamps that the server sets.

use fieldproof_spec::model::{Api, Resource};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::{instant, one_change};

pub(crate) static CHECK: Check = Check {
    name: "times",
    about: "The moment of the create lies between the request and the answer and never moves; the moment of the last \
            change equals it at first and moves with a change, never backwards.",
    severity: Severity::Major,
    waits: true,
    oblige,
    mutants: |_, subject| subject.mutations(&[Operator::TimeFrozen]),
    run,
};

/// How far the clocks of the two machines may differ, in microseconds.
const SKEW: i64 = 60_000_000;

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in api
        .resources
        .iter()
        .filter(|resource| resource.create.is_some())
    {
        let Some(times) = &resource.times else {
            continue;
        };
        for name in [&times.created, &times.updated] {
            if let Some(field) = resource.field(name) {
                subjects.push(Subject::new(
                    format!("{}.{name}", resource.name),
                    &resource.name,
                    SubjectPart::Field(name.clone()),
                    &[&field.row],
                ));
            }
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let Some(times) = &resource.times else {
        return Ok(());
    };
    let before = jiff::Timestamp::now().as_microsecond();
    let made = harness.make_with(resource, &Map::new())?;
    let after = jiff::Timestamp::now().as_microsecond();
    let created = instant(resource, &times.created, &made.shown);
    let near = created >= before - SKEW - 1_000_000 && created <= after + SKEW;
    harness.ensure(near, || {
        format!("`{}` is the moment of the create", times.created)
    })?;
    harness.ensure(
        created == instant(resource, &times.updated, &made.shown),
        || format!("`{}` begins as `{}`", times.updated, times.created),
    )?;
    let Some(changed) = change(harness, resource, &made)? else {
        return Ok(());
    };
    harness.ensure(
        instant(resource, &times.created, &changed) == created,
        || format!("`{}` never moves", times.created),
    )?;
    harness.ensure(
        instant(resource, &times.updated, &changed) > created,
        || format!("`{}` moves with a change", times.updated),
    )
}

/// Changes a member of the object after a second, since times may be shown in whole
/// seconds.
fn change(
    harness: &Harness<'_>,
    resource: &Resource,
    made: &Fixture,
) -> Result<Option<Map<String, Value>>, CheckError> {
    let Some(body) = one_change(harness, resource, &made.shown) else {
        return Ok(None);
    };
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let exchange = harness.expect(200, &harness.change(resource, &made.path, &body)?)?;
    Ok(exchange.json().as_object().cloned())
}
