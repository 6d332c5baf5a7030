//! Templates.

use fieldproof_spec::model::Type;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "template",
    about: "A template is kept as sent: an object with JSONPaths in its texts, or a text that is JSON once its paths are \
            filled in. Paths that do not end or are none, and texts that never become JSON, are refused.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && field.ty == Type::Template
        })
    },
    mutants: |_, subject| subject.mutations(&[Operator::BoundIgnored]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let body = |value: &Value| {
        let with: Map<String, Value> = [(field.name.clone(), value.clone())].into_iter().collect();
        harness.small_body(resource, &with)
    };
    for good in [
        json!({}),
        json!({ "a": "${$.b} and ${$['c'].d[0]}", "e": [1, null, { "f": "${$..g}" }] }),
        json!("{\"a\": ${$.b}, \"c\": \"x ${$.d} y\", \"e\": [${$.f[*]}]}"),
        json!("${$}"),
        json!("{\"plain\": true}"),
    ] {
        let made = harness.make_below(resource, &above, body(&good))?;
        let shown = made.shown.get(&field.name).cloned().unwrap_or_default();
        harness.ensure(shown == good || !field.is_shown(), || {
            format!("{good} is kept, got {shown}")
        })?;
    }
    for bad in [
        json!(""),
        json!("plain"),
        json!("{\"a\": }"),
        json!("{\"a\": ${$.b}"),
        json!("${$.a} ${$.b}"),
        json!({ "a": "${$.b" }),
        json!({ "a": "${b}" }),
        json!({ "a": "${}" }),
        json!({ "a": ["${$.}"] }),
        json!({ "a": { "b": "${$[}" } }),
    ] {
        let request = harness
            .create(resource, &collection)
            .json(&Value::Object(body(&bad)));
        harness.expect_violation(&request, &below("", &field.name), &["format"])?;
    }
    Ok(())
}
