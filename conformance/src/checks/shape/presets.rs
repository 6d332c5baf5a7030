//! Closed lists of the deployment.

use serde_json::Value;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart, first_resource_mutations};
use crate::support::only_read;

pub(crate) static CHECK: Check = Check {
    name: "presets",
    about: "The documented lists, and no others, are read at their path as arrays of texts without repetition; other \
            methods answer 405, callers without a token 401.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let rows = api.presets.iter().map(|presets| &presets.row);
        rows.map(|row| Subject::new("presets".to_owned(), "", SubjectPart::Whole, &[row]))
            .collect()
    },
    mutants: |api, _| first_resource_mutations(api, &[Operator::PresetHidden]),
    run,
};

fn run(harness: &Harness<'_>, _duty: &Subject) -> Result<(), CheckError> {
    let Some(presets) = &harness.api.presets else {
        return Ok(());
    };
    let exchange = harness.expect(200, &Request::get(&presets.path))?;
    let Value::Object(lists) = exchange.json() else {
        return harness.fail("the lists are an object");
    };
    let (found, expected): (Vec<&String>, Vec<&String>) =
        (lists.keys().collect(), presets.lists.keys().collect());
    harness.ensure(found == expected, || {
        format!("the lists are {expected:?}, got {found:?}")
    })?;
    for (name, values) in &lists {
        let texts = values.as_array().is_some_and(|values| {
            let once =
                |(at, value): (usize, &Value)| value.is_string() && !values[..at].contains(value);
            values.iter().enumerate().all(once)
        });
        harness.ensure(texts, || {
            format!("`{name}` is an array of texts, each once")
        })?;
    }
    only_read(harness, &presets.path)
}
