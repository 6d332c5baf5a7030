//! Rows of deployment tables.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Column, Row};
use serde_json::Value;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::only_read;

pub(crate) static CHECK: Check = Check {
    name: "rows",
    about: "The rows of the table are read at their path, each with the documented columns and no others as text, `null` \
            only where that is documented, each key once; other methods answer 405, callers without a token 401.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let tables = api.tables.iter().filter(|table| table.path.is_some());
        let subject = |table: &fieldproof_spec::model::Table| {
            let columns = table.columns.iter().map(|column| &column.row);
            let rows: Vec<&Row> = std::iter::once(&table.row).chain(columns).collect();
            Subject::new(
                table.name.clone(),
                "",
                SubjectPart::Table(table.name.clone()),
                &rows,
            )
        };
        tables.map(subject).collect()
    },
    mutants: |_, subject| subject.mutations(&[Operator::RowCut]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let table = harness.api.table(&subject.part.name());
    let Some((table, path)) = table.and_then(|table| Some((table, table.path.as_ref()?))) else {
        return Ok(());
    };
    let body = harness.expect(200, &Request::get(path))?.json();
    let Value::Array(rows) = &body["items"] else {
        return harness.fail("the rows are an array, `items`");
    };
    let mut keys = BTreeSet::new();
    for row in rows {
        let whole = row.as_object().is_some_and(|row| {
            let column = |column: &Column| match row.get(&column.name) {
                Some(Value::String(text)) => !text.is_empty(),
                Some(Value::Null) => column.nullable,
                _ => false,
            };
            row.len() == table.columns.len() && table.columns.iter().all(column)
        });
        harness.ensure(whole, || {
            format!("a row has its documented columns as texts, got {row}")
        })?;
        let key = table.columns.first().map(|column| &row[&column.name]);
        let new = keys.insert(key.unwrap_or(&Value::Null).to_string());
        harness.ensure(new, || format!("each key stands once, got {row} again"))?;
    }
    only_read(harness, path)
}
