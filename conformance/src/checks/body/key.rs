//! Keys of reference tables.

use fieldproof_spec::model::Type;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "key",
    about: "A key of the table is taken, a JSON integer is padded where keys are digits, an unknown key is refused \
            with the code `not_a_value`.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && field.on_create()
                && matches!(field.ty, Type::Key { .. })
                && !field.list
        })
    },
    mutants: |_, subject| subject.mutations(&[Operator::BoundIgnored]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let Type::Key { table, column } = &field.ty else {
        return Ok(());
    };
    let rows = harness
        .api
        .table(table)
        .map(|table| table.rows.clone())
        .unwrap_or_default();
    let keys: Vec<&str> = rows.iter().filter_map(|row| row[column].as_str()).collect();
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let body = |key: Value| {
        let mut with = Map::new();
        with.insert(field.name.clone(), key);
        harness.small_body(resource, &with)
    };
    let numeric = keys
        .iter()
        .all(|key| key.chars().all(|c| c.is_ascii_digit()) && key.len() == keys[0].len());
    if let (true, Some(key)) = (numeric, keys.iter().min()) {
        let number: u64 = key.parse().unwrap_or_default();
        let made = harness.make_below(resource, &above, body(json!(number)))?;
        harness.ensure(made.shown.get(&field.name) == Some(&json!(key)), || {
            format!("the integer {number} is the key `{key}`")
        })?;
    }
    let unknown = match numeric {
        true => (0..)
            .map(|n| format!("{n:0width$}", width = keys[0].len()))
            .find(|key| !keys.contains(&key.as_str())),
        false => Some(harness.word()),
    };
    for bad in [
        unknown.unwrap_or_default(),
        String::new(),
        format!("{} ", keys.first().unwrap_or(&"x")),
    ] {
        let request = harness
            .create(resource, &collection)
            .json(&Value::Object(body(bad.into())));
        harness.expect_violation(&request, &below("", &field.name), &["not_a_value"])?;
    }
    Ok(())
}
