//! Children of removed objects.

use fieldproof_spec::model::{Api, Field, Operation, Refusal, Scope, Unique};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "cascade",
    about: "A delete takes the documented children with it: their paths and their unique values are free afterwards; \
            an object with other children is refused with 409.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = crate::subject::each_operation(api, &[Operation::Delete], &[]);
        subjects.retain(|subject| {
            api.children(&subject.resource)
                .any(|child| child.create.is_some())
        });
        subjects
    },
    mutants: |api, subject| match outlives(api, subject) {
        true => subject.resource_mutations(&[Operator::CascadeMissing]),
        false => Vec::new(),
    },
    run,
};

/// Whether an orphaned child can be noticed: its path no longer exists, but a value that is
/// unique in the tenant stays taken.
fn outlives(api: &Api, subject: &Subject) -> bool {
    let resource = subject.resource(api);
    let cascade = resource.delete.iter().flat_map(|delete| &delete.cascade);
    let mut children = cascade.filter_map(|name| api.resource(name));
    children.any(|child| {
        let single = |field: &Field| field.unique == Some(Scope::Tenant) && field.on_create();
        let combined = |unique: &Unique| unique.within == Scope::Tenant;
        child.create.is_some()
            && (child.fields.iter().any(single) || child.unique.iter().any(combined))
    })
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let cascade = resource
        .delete
        .as_ref()
        .map(|delete| delete.cascade.as_slice())
        .unwrap_or_default();
    for child in harness
        .api
        .children(&resource.name)
        .filter(|child| child.create.is_some())
    {
        let made = harness.make_with(resource, &Map::new())?;
        let mut unique = Map::new();
        for field in child
            .fields
            .iter()
            .filter(|field| field.unique.is_some() && field.on_create())
        {
            unique.insert(field.name.clone(), harness.fresh_for(field, &unique));
        }
        let below = harness.make_below(child, &made.ids, harness.body(child, &unique))?;
        let delete = Request::new("DELETE", &made.path);
        if !cascade.contains(&child.name) {
            let exchange = harness.send(&delete)?;
            harness.ensure(exchange.status == 409, || {
                format!("children keep their parent, got {}", exchange.status)
            })?;
            continue;
        }
        harness.expect(
            resource.delete.as_ref().map_or(204, |delete| delete.status),
            &delete,
        )?;
        if child.get.is_some() {
            harness.refused(Refusal::NotFound, &Request::get(&below.path))?;
        }
        if child.list.is_some() {
            harness.refused(Refusal::NotFound, &Request::get(&below.collection))?;
        }
        // The unique values of the child are free again.
        let again = harness.make_with(resource, &Map::new())?;
        let collection = crate::harness::collection(child, &again.ids);
        let exchange = harness.send(
            &harness
                .create(child, &collection)
                .json(&Value::Object(below.sent.clone())),
        )?;
        harness.ensure(exchange.status < 300, || {
            format!(
                "values of removed children are free, got {}",
                exchange.status
            )
        })?;
    }
    Ok(())
}
