//! Objects that can be found by other fields than their identifier.

use fieldproof_spec::model::{Api, Refusal};
use serde_json::Map;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::http::encode;
use crate::model::path;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::unchanged;

pub(crate) static CHECK: Check = Check {
    name: "lookup",
    about: "A read finds the object by each documented field as by its identifier, in any case where that is documented; \
            a change or a removal takes the identifier alone.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants: |_, subject| subject.resource_mutations(&[Operator::LookupMissing]),
    run,
};

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in api.resources.iter().filter(|one| one.create.is_some()) {
        let Some(get) = &resource.get else { continue };
        for (name, _) in &get.also {
            let id = format!("{}.get.{name}", resource.name);
            subjects.push(Subject::new(
                id,
                &resource.name,
                SubjectPart::Field(name.clone()),
                &[&get.row],
            ));
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let also = resource.get.iter().flat_map(|get| &get.also);
    let folded = also
        .into_iter()
        .any(|(name, op)| *name == field.name && op.asks().is_folded());
    let mut with = Map::new();
    if field.on_create() {
        let value = harness.fresh_for(field, &Map::new());
        with.insert(field.name.clone(), value);
    }
    let made = harness.make_with(resource, &with)?;
    harness.make_with(resource, &Map::new())?;
    let Some(text) = made.shown.get(&field.name).and_then(|value| value.as_str()) else {
        return harness.fail(format!("`{}` is text", field.name));
    };
    let above = &made.ids[..made.ids.len() - 1];
    let by = |text: &str| {
        let ids: Vec<String> = above.iter().cloned().chain([encode(text)]).collect();
        path(resource, &ids)
    };
    let found = harness.expect(200, &Request::get(&by(text)))?;
    harness.ensure(found.json().as_object() == Some(&made.shown), || {
        format!("`{text}` finds the object")
    })?;
    let upper = text.to_uppercase();
    if upper != text {
        let status = if folded { 200 } else { 404 };
        harness.expect(status, &Request::get(&by(&upper)))?;
    }
    harness.refused(Refusal::NotFound, &Request::get(&by(&format!("{text}x"))))?;
    if resource.update.is_some() {
        let change = harness.change(resource, &by(text), &serde_json::json!({}))?;
        harness.refused(Refusal::NotFound, &change)?;
    }
    if resource.delete.is_some() {
        harness.refused(Refusal::NotFound, &Request::new("DELETE", &by(text)))?;
    }
    unchanged(harness, resource, &made)
}
