//! Lists without a selectable order.

use fieldproof_spec::model::{Api, Operation};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart, owed};
use crate::support::instant;

pub(crate) static CHECK: Check = Check {
    name: "listed",
    about: "A list that has no order to choose is in the order of creation, of one moment in that of identifiers, and \
            the same each time.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants: |_, subject| subject.resource_mutations(&[Operator::ListReversed]),
    run,
};

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    let said = api.dialect.order.row.as_ref();
    for resource in api.resources.iter().filter(|one| one.times.is_some()) {
        let Some(list) = &resource.list else { continue };
        let page = list.page.as_ref().map(|(page, _)| page);
        let whole = page.is_none_or(|page| !page.is_cut() && !page.is_by_id());
        if list.sort.is_none() && whole {
            let id = format!("{}.list", resource.name);
            subjects.push(Subject::new(
                id,
                &resource.name,
                SubjectPart::Operation(Operation::List),
                &[&list.row],
            ));
        }
    }
    owed(said, subjects)
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let Some(times) = &resource.times else {
        return Ok(());
    };
    let above = harness.make_above(resource)?;
    let made = harness.some(resource, &above)?;
    let own: Vec<String> = made.iter().map(|one| one.id().to_owned()).collect();
    let mut expected = made.clone();
    expected.sort_by_key(|one| {
        let id = resource.id_kind.rank(one.id());
        (instant(resource, &times.created, &one.shown), id)
    });
    let expected: Vec<&str> = expected.iter().map(|one| one.id()).collect();
    let collection = crate::harness::collection(resource, &above);
    for _ in 0..2 {
        let found = harness.walk(resource, &collection, "", &own)?;
        harness.ensure(found == expected, || {
            format!("the list is {expected:?}, got {found:?}")
        })?;
    }
    Ok(())
}
