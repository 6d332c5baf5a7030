//! Values that a create stores.

use crate::kind::kind;
use fieldproof_spec::model::{Field, Resource, Type};
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::accept;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{agrees, has_order, several};

pub(crate) static CHECK: Check = Check {
    name: "created",
    about: "Legal values of the member, drawn from its strategy, are taken by a create, shown by its answer and by a \
            read, in their one form.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && field.is_shown()
        })
    },
    mutants: |api, subject| {
        let field = subject.field(api);
        subject.mutations_where(&[
            (true, Operator::CreateForgets),
            (has_order(api, field), Operator::CreateTurns),
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let above = harness.make_above(resource)?;
    for case in 0..harness.cases().min(6) {
        let mut with = Map::new();
        // A sibling that decides the type of the value is sent with it.
        if let Type::Choice { by, of } = &field.ty {
            let names: Vec<String> = of.iter().map(|(name, _)| name.clone()).collect();
            with.insert(by.clone(), harness.draw(&select(names)).into());
        }
        let owner = harness.small_body(resource, &with);
        let several = several(harness, field).filter(|_| case == 1);
        let value = several.unwrap_or_else(|| harness.value(resource, field, &owner));
        with.insert(field.name.clone(), value.clone());
        let body = harness.small_body(resource, &with);
        let expected = accept(harness.api, field, &value, &body, "", &mut Vec::new());
        let place = harness.beside(resource, &above)?;
        let made = harness.make_below(resource, &place, body)?;
        let read = match resource.get {
            Some(_) => harness.get(resource, &made.path)?,
            None => made.shown.clone(),
        };
        for shown in [&made.shown, &read] {
            let shown = shown.get(&field.name).unwrap_or(&Value::Null);
            harness.ensure(
                expected
                    .as_ref()
                    .is_some_and(|expected| agrees(harness.api, field, expected, shown)),
                || {
                    format!(
                        "`{}` was sent as {value} and is shown as {shown}",
                        field.name
                    )
                },
            )?;
        }
    }
    digits(harness, resource, field, &above)
}

/// Judges that texts and items that look like numbers stay texts.
fn digits(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    above: &[String],
) -> Result<(), CheckError> {
    if kind(&field.ty).free().is_none() || field.unique.is_some() {
        return Ok(());
    }
    for text in ["0123456", "1e5", "true"] {
        let value = if field.list {
            json!([text])
        } else {
            json!(text)
        };
        let with: Map<String, Value> = [(field.name.clone(), value.clone())].into_iter().collect();
        let expected = accept(harness.api, field, &value, &with, "", &mut Vec::new());
        if expected.as_ref() != Some(&value) {
            continue;
        }
        let place = harness.beside(resource, above)?;
        let made = harness.make_below(resource, &place, harness.small_body(resource, &with))?;
        let shown = made.shown.get(&field.name).unwrap_or(&Value::Null);
        harness.ensure(*shown == value || !field.is_shown(), || {
            format!(
                "`{}` was sent as {value} and is shown as {shown}",
                field.name
            )
        })?;
    }
    Ok(())
}
