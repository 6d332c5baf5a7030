//! Closed lists of the deployment.

use serde_json::Value;

use super::duty::broken_first;
use super::{Check, Duty};
use crate::lab::{Ask, Lab, Role, Stop};
use crate::model::Kind;
use crate::obligation::Severity;

pub(super) static CHECK: Check = Check {
    name: "presets",
    about: "The documented lists, and no others, are read at their path as arrays of texts without repetition; other \
            methods answer 405, callers without a token 401.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let rows = api.presets.iter().map(|presets| &presets.row);
        rows.map(|row| Duty::new("presets".to_owned(), "", "", &[row]))
            .collect()
    },
    mutants: |api, _| broken_first(api, &[Kind::PresetHidden]),
    run,
};

fn run(lab: &Lab<'_>, _duty: &Duty) -> Result<(), Stop> {
    let Some(presets) = &lab.api.presets else {
        return Ok(());
    };
    let exchange = lab.expect(200, &Ask::get(&presets.path))?;
    let Value::Object(lists) = exchange.json() else {
        return lab.fail("the lists are an object");
    };
    let (found, expected): (Vec<&String>, Vec<&String>) =
        (lists.keys().collect(), presets.lists.keys().collect());
    lab.ensure(found == expected, || {
        format!("the lists are {expected:?}, got {found:?}")
    })?;
    for (name, values) in &lists {
        let texts = values.as_array().is_some_and(|values| {
            let once =
                |(at, value): (usize, &Value)| value.is_string() && !values[..at].contains(value);
            values.iter().enumerate().all(once)
        });
        lab.ensure(texts, || {
            format!("`{name}` is an array of texts, each once")
        })?;
    }
    only_read(lab, &presets.path)
}

/// Nothing but a read of the path by a caller who may, without parameters, is answered.
pub(super) fn only_read(lab: &Lab<'_>, path: &str) -> Result<(), Stop> {
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        lab.expect(405, &Ask::new(method, path))?;
    }
    lab.expect(401, &Ask::get(path).by(Role::Nobody))?;
    lab.expect(403, &Ask::get(path).by(Role::NoScope))?;
    lab.expect(400, &Ask::get(&format!("{path}?zzz=1")))
        .map(drop)
}
