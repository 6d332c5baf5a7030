//! Objects with values of their own for each user.

use fieldproof_spec::model::{Api, Refusal, RefusalBody};
use serde_json::Value;

use crate::check::Check;
use crate::fixtures::of;
use crate::harness::{CheckError, Harness, Request, Role};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::{loaded, unnamed};

pub(crate) static CHECK: Check = Check {
    name: "bound",
    about: "Each user sees the objects that were loaded for him and no others; members of his own differ from those of \
            another user of the same object, all others are the same; what he alone sees is as it was loaded. A token that speaks for nobody answers 403.",
    severity: Severity::Critical,
    waits: false,
    oblige,
    mutants: |_, subject| {
        subject.resource_mutations(&[Operator::UserLeak, Operator::OtherUserShort])
    },
    run,
};

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in &api.resources {
        if let Some(bound) = &resource.bound {
            let id = resource.name.clone();
            subjects.push(Subject::new(
                id,
                &resource.name,
                SubjectPart::Whole,
                &[&bound.row],
            ));
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let bound = resource
        .bound
        .as_ref()
        .map_or(&[][..], |bound| &bound.fields);
    let main = harness.given(resource, &[])?;
    let collection = crate::harness::collection(resource, &[]);
    let places: Vec<&str> = match (&resource.list, &resource.get) {
        (Some(_), Some(_)) => vec![&collection, &main[0].path],
        (Some(_), None) => vec![&collection],
        (None, _) => vec![&main[0].path],
    };
    for place in places {
        let nobody = harness.refused(Refusal::Forbidden, &Request::get(place).by(Role::NoUser))?;
        // Only problem details have a code that everybody knows.
        let problems = harness.api.dialect.refusals.said() == Some(&RefusalBody::Problem);
        let named = nobody.json()["type"] == "/problems/user_required";
        harness.ensure(!problems || named, || {
            "a token without a user is refused as `user_required`".to_owned()
        })?;
    }
    let mut shown = Vec::new();
    if resource.list.is_some() {
        let exchange = harness.expect(200, &Request::get(&collection).by(Role::OtherUser))?;
        shown = harness.items(resource, &exchange)?;
    }
    if resource.get.is_some() {
        let mut read = Vec::new();
        for one in &main {
            let exchange = harness.send(&Request::get(&one.path).by(Role::OtherUser))?;
            read.extend((exchange.status == 200).then(|| exchange.json()));
        }
        let same = shown.len() == read.len() && shown.iter().all(|item| read.contains(item));
        harness.ensure(resource.list.is_none() || same, || {
            "a read shows another user what his list does".to_owned()
        })?;
        shown = read;
    }
    let known = of(harness.api, resource, &harness.fixtures.other_user);
    let id = |item: &Value| resource.id_of(item).unwrap_or_default();
    let mut found: Vec<String> = shown.iter().map(id).collect();
    let own = |one: &&serde_json::Map<String, Value>| resource.id_in(one);
    let mut expected: Vec<String> = known.iter().filter_map(own).collect();
    found.sort();
    expected.sort();
    harness.ensure(found == expected, || {
        format!("the other user sees {expected:?}, got {found:?}")
    })?;
    for fixture in known {
        let own = |other: &Value| Some(other) == fixture.get(&resource.id);
        let shared = main.iter().find(|one| own(&one.shown[&resource.id]));
        let Some(item) = shown.iter().find(|item| own(&item[&resource.id])) else {
            continue;
        };
        for field in resource.fields.iter().filter(|field| field.is_shown()) {
            let expected = match shared.filter(|_| !bound.contains(&field.name)) {
                Some(shared) => shared.shown.get(&field.name).cloned(),
                None => loaded(harness, resource, field, fixture),
            };
            let Some(expected) = expected else { continue };
            let found = unnamed(harness, field, item[&field.name].clone());
            let expected = unnamed(harness, field, expected);
            harness.ensure(found == expected, || {
                format!(
                    "the other user sees `{}` as {expected}, got {found}",
                    field.name
                )
            })?;
        }
    }
    Ok(())
}
