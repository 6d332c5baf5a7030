//! Reference tables, row by row.

use crate::subject::member::names;
use fieldproof_spec::model::{Api, Derive, Field, Resource, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};

pub(crate) static CHECK: Check = Check {
    name: "table",
    about: "For every row of the table, an object with that key shows the column as the table has it.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let (table, column) = names(subject).unwrap_or_default();
    let shows = |field: &&Field| match &field.derive {
        Some(Derive::Lookup {
            table: name,
            column: by,
            ..
        }) => name == table && (by == column || matches!(field.ty, Type::TableRow(_))),
        _ => false,
    };
    let resource = subject.resource(api);
    let field = resource.fields.iter().find(shows);
    let name = field.map_or("", |field| &field.name);
    subject.mutations_at(name, &[Operator::DerivedStale])
}

/// The resource and field that show rows of a table, with the field of the key.
fn shower<'a>(api: &'a Api, table: &str) -> Option<(&'a Resource, &'a str, &'a str, &'a str)> {
    api.resources
        .iter()
        .filter(|resource| resource.create.is_some())
        .find_map(|resource| {
            resource
                .fields
                .iter()
                .find_map(|field| match &field.derive {
                    Some(Derive::Lookup {
                        key,
                        table: of,
                        column,
                    }) if of == table => {
                        Some((resource, field.name.as_str(), key.as_str(), column.as_str()))
                    }
                    _ => None,
                })
        })
}

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for table in &api.tables {
        if let Some((resource, ..)) = shower(api, &table.name) {
            for column in &table.columns {
                let part = SubjectPart::Member {
                    owner: table.name.clone(),
                    name: column.name.clone(),
                };
                let rows = [&column.row, &table.row];
                subjects.push(Subject::new(part.name(), &resource.name, part, &rows));
            }
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (name, column) = names(subject).unwrap_or_default();
    let (Some(table), Some((resource, field, key, by))) =
        (harness.api.table(name), shower(harness.api, name))
    else {
        return Ok(());
    };
    let made = harness.make_with(resource, &Map::new())?;
    // A sample of rows per column, chosen by the seed; over all columns, most rows are
    // covered.
    let first = table
        .columns
        .iter()
        .position(|one| one.name == column)
        .unwrap_or_default();
    for row in table
        .rows
        .iter()
        .skip(first)
        .step_by(table.columns.len().max(1))
    {
        let exchange = match resource.update {
            Some(_) => harness.expect(
                200,
                &harness.change(resource, &made.path, &json!({ key: row[by] }))?,
            )?,
            None => {
                let mut with = Map::new();
                with.insert(key.to_owned(), row[by].clone());
                harness.make_with(resource, &with)?;
                let Some(last) = harness.last() else {
                    return Ok(());
                };
                last
            }
        };
        let shown = exchange.json()[field].clone();
        harness.ensure(shown.get(column) == row.get(column), || {
            format!(
                "`{field}` of {} has `{column}` {}, got {}",
                row[by],
                row[column],
                shown.get(column).unwrap_or(&Value::Null)
            )
        })?;
        harness.ensure(shown.as_object() == Some(row), || {
            format!(
                "`{field}` of {} is the row of the table, got {shown}",
                row[by]
            )
        })?;
    }
    Ok(())
}
