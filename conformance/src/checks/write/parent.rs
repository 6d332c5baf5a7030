//! Objects below another parent.

use fieldproof_spec::model::Refusal;
use serde_json::{Map, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::model::path;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;
use crate::support::unchanged;

pub(crate) static CHECK: Check = Check {
    name: "parent",
    about: "An object is found below its own parent only: another parent's path answers 404 to reads, changes and \
            removals, and another parent's list does not show it.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = crate::subject::resources(api, |resource| {
            resource.parent.is_some() && resource.create.is_some()
        });
        for subject in &mut subjects {
            let relation = api
                .resource(&subject.resource)
                .and_then(|resource| resource.parent.as_ref());
            subject.rows[0].rulings.extend(
                relation
                    .map(|relation| relation.rulings.clone())
                    .unwrap_or_default(),
            );
        }
        subjects
    },
    mutants: |_, subject| subject.resource_mutations(&[Operator::ParentIgnored]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make_with(resource, &Map::new())?;
    let mut ids = harness.other_above(resource, &made.ids[..made.ids.len() - 1])?;
    let elsewhere = crate::harness::collection(resource, &ids);
    ids.push(made.id().to_owned());
    let wrong = path(resource, &ids);
    if resource.get.is_some() {
        harness.refused(Refusal::NotFound, &Request::get(&wrong))?;
    }
    if resource.update.is_some() {
        harness.refused(
            Refusal::NotFound,
            &harness.change(resource, &wrong, &json!({}))?,
        )?;
    }
    if resource.delete.is_some() {
        harness.refused(Refusal::NotFound, &Request::new("DELETE", &wrong))?;
        unchanged(harness, resource, &made)?;
    }
    if resource.list.is_some() {
        let items = harness.whole(resource, &elsewhere, "")?;
        let foreign = items
            .iter()
            .any(|item| resource.id_of(item).as_deref() == Some(made.id()));
        harness.ensure(!foreign, || {
            "a list shows its parent's objects only".to_owned()
        })?;
    }
    Ok(())
}
