//! Closed lists of texts.

use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{below, sent};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::writes;

pub(crate) static CHECK: Check = Check {
    name: "values",
    about: "Every documented value is taken; another text, another case or the empty text is refused with the code \
            `not_a_value`.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && kind(&field.ty).listed(api).is_some()
        })
    },
    mutants: |_, subject| subject.mutations(&[Operator::BoundIgnored]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let values = kind(&field.ty).listed(harness.api).unwrap_or_default();
    let above = harness.make_above(resource)?;
    let listed = |text: &str| match field.list {
        true => Value::Array(vec![text.into()]),
        false => Value::from(text),
    };
    let with = |text: &str| {
        let mut with = Map::new();
        with.insert(field.name.clone(), listed(text));
        with
    };
    for value in &values {
        let made =
            harness.make_below(resource, &above, harness.small_body(resource, &with(value)))?;
        let kept = made.shown.get(&field.name) == Some(&listed(value));
        harness.ensure(kept || !field.is_shown(), || format!("`{value}` is kept"))?;
    }
    let strict = harness.api.dialect.scalars.row.is_some();
    let made = harness.make_below(resource, &above, harness.small_body(resource, &Map::new()))?;
    let first = values.first().cloned().unwrap_or_default();
    for bad in [
        harness.word(),
        first.to_uppercase() + "_",
        format!("{first} "),
        String::new(),
        swapped(&first),
    ] {
        // Whether values are case-sensitive is not documented.
        if !strict
            && values
                .iter()
                .any(|one| one.eq_ignore_ascii_case(bad.trim()))
        {
            continue;
        }
        let cased = |value: &String| value.eq_ignore_ascii_case(&bad);
        if values.contains(&bad) || (field.folded && values.iter().any(cased)) {
            continue;
        }
        // A blank text may stand for `null`.
        if !field.list && sent(field, &listed(&bad)).is_null() {
            continue;
        }
        let place = if field.list { "/0" } else { "" };
        let pointer = format!("{}{place}", below("", &field.name));
        for request in writes(harness, resource, field, &made, &listed(&bad)) {
            harness.expect_violation(&request, &pointer, &["not_a_value"])?;
        }
    }
    Ok(())
}

fn swapped(text: &str) -> String {
    match text.to_uppercase() == text {
        true => text.to_lowercase(),
        false => text.to_uppercase(),
    }
}
