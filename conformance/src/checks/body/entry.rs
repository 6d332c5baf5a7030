//! Rows of deployment tables.

use fieldproof_spec::model::{Api, Field, Refusal, Resource, Type, Update};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request, Role};
use crate::model::below;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, fields, first_resource_mutations};
use crate::support::unchanged;

pub(crate) static CHECK: Check = Check {
    name: "entry",
    about: "Each row that the service lists is taken by its key, as text or, of digits, as a number, and shown whole; an \
            unknown key is refused at its place, and so is another value beside the key than the row has. A change that says \
            something of the row without its key means the one that is there.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = fields(api, |resource, field| {
            resource.create.is_some()
                && field.on_create()
                && !field.list
                && matches!(field.ty, Type::Entry(_))
        });
        for subject in &mut subjects {
            let Type::Entry(name) = &subject.field(api).ty else {
                continue;
            };
            let table = api.table(name);
            let rows = table.into_iter().flat_map(|table| {
                std::iter::once(&table.row).chain(table.columns.iter().map(|column| &column.row))
            });
            subject
                .rows
                .extend(rows.map(crate::obligation::SourceRow::from));
        }
        subjects
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let update = subject.resource(api).update.as_ref();
    match update.is_some_and(Update::merges) && subject.field(api).on_update() {
        true => first_resource_mutations(api, &[Operator::PresetHidden, Operator::RowWhole]),
        false => first_resource_mutations(api, &[Operator::PresetHidden]),
    }
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let Type::Entry(name) = &field.ty else {
        return Ok(());
    };
    let Some(table) = harness.api.table(name) else {
        return Ok(());
    };
    let (Some(path), Some(key)) = (&table.path, table.columns.first()) else {
        return Ok(());
    };
    let key = &key.name;
    let listed = harness.expect(200, &Request::get(path))?.json();
    let Some(rows) = listed["items"].as_array() else {
        return harness.fail("the rows are `items` of an object");
    };
    harness.refused(Refusal::Method, &Request::new("POST", path))?;
    harness.refused(
        Refusal::Unauthenticated,
        &Request::get(path).by(Role::Nobody),
    )?;
    harness.ensure(rows.len() > 1, || "there are at least two rows".to_owned())?;
    let columns: Vec<&String> = table.columns.iter().map(|column| &column.name).collect();
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let body = |value: Value| {
        let mut with = Map::new();
        with.insert(field.name.clone(), value);
        harness.small_body(resource, &with)
    };
    for row in rows {
        let names: Vec<&String> = row.as_object().into_iter().flat_map(Map::keys).collect();
        harness.ensure(names == columns, || {
            format!("a row has {columns:?}, got {row}")
        })?;
        let mut spellings = vec![row[key].clone()];
        let number = row[key].as_str().and_then(|text| text.parse::<u32>().ok());
        spellings.extend(
            number
                .filter(|number| row[key] == number.to_string().as_str())
                .map(Value::from),
        );
        for spelling in spellings {
            let made = harness.make_below(resource, &above, body(json!({ key: spelling })))?;
            let shown = made.shown.get(&field.name);
            harness.ensure(shown == Some(row) || !field.is_shown(), || {
                format!("{spelling} is shown as {row}")
            })?;
        }
        harness.make_below(resource, &above, body(row.clone()))?;
    }
    let request = |value: Value| {
        harness
            .create(resource, &collection)
            .json(&Value::Object(body(value)))
    };
    let place = below(&below("", &field.name), key);
    harness.expect_violation(
        &request(json!({ key: harness.word() })),
        &place,
        &["not_a_value"],
    )?;
    harness.expect_violation(&request(json!({})), &place, &["required"])?;
    if let (Some(other), Some(row)) = (columns.get(1), rows.first()) {
        let wrong = json!({ key: row[key], *other: harness.word() });
        let place = below(&below("", &field.name), other);
        harness.expect_violation(&request(wrong), &place, &["read_only"])?;
        return changed(harness, resource, field, row, other);
    }
    Ok(())
}

/// Judges that a change need not repeat the key, and that its other values must match the
/// row.
fn changed(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    row: &Value,
    other: &str,
) -> Result<(), CheckError> {
    // A replacing update sends the whole row, and hidden members show nothing.
    if !resource.update.as_ref().is_some_and(Update::merges)
        || !field.on_update()
        || !field.is_shown()
    {
        return Ok(());
    }
    let with = [(field.name.clone(), row.clone())].into_iter().collect();
    let made = harness.make_with(resource, &with)?;
    let part = |value: Value| json!({ &field.name: { other: value } });
    let same = harness.change(resource, &made.path, &part(row[other].clone()))?;
    let after = harness.expect(200, &same)?.json();
    harness.ensure(after[&field.name] == *row, || {
        format!("a change that repeats `{other}` leaves the row")
    })?;
    let wrong = harness.change(resource, &made.path, &part(harness.word().into()))?;
    let place = below(&below("", &field.name), other);
    harness.expect_violation(&wrong, &place, &["read_only"])?;
    unchanged(harness, resource, &made)
}
