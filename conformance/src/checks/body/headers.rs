//! HTTP header fields.

use fieldproof_spec::model::Type;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "headers",
    about: "Header fields are kept as sent; names that are none, that are reserved or that stand twice, and values that \
            cannot stand in a header field are refused at their place.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && field.on_create()
                && field.is_shown()
                && field.ty == Type::Headers
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
        json!({ "X-One": "a b", "x-two": "", "ETag": "\"1\"" }),
    ] {
        let made = harness.make_below(resource, &above, body(&good))?;
        let shown = made.shown.get(&field.name).cloned().unwrap_or_default();
        harness.ensure(shown == good, || format!("{good} is kept, got {shown}"))?;
    }
    let mut bad = vec![
        (json!({ "": "a" }), String::new(), "format"),
        (json!({ "a b": "a" }), "a b".to_owned(), "format"),
        (json!({ "a:": "a" }), "a:".to_owned(), "format"),
        (json!({ "a\r\nb": "a" }), "a\r\nb".to_owned(), "format"),
        (json!({ "é": "a" }), "é".to_owned(), "format"),
        (json!({ "x-a": "b\r\nx-c: d" }), "x-a".to_owned(), "format"),
        (json!({ "x-a": "é" }), "x-a".to_owned(), "format"),
        (json!({ "x-a": " a" }), "x-a".to_owned(), "format"),
        (json!({ "x-a": 1 }), "x-a".to_owned(), "type"),
        (json!({ "x-a": ["b"] }), "x-a".to_owned(), "type"),
        (
            json!({ "x-a": "b", "X-A": "b" }),
            "X-A".to_owned(),
            "duplicate",
        ),
        (
            json!({ "x-a": "b".repeat(4_001) }),
            "x-a".to_owned(),
            "too_long",
        ),
    ];
    for name in &field.reserved {
        let name = name.replace('*', "anything");
        for name in [name.to_uppercase(), name] {
            bad.push((json!({ &name: "a" }), name, "reserved"));
        }
    }
    for (value, name, code) in bad {
        let request = harness
            .create(resource, &collection)
            .json(&Value::Object(body(&value)));
        let place = below(&below("", &field.name), &name);
        harness.expect_violation(&request, &place, &[code])?;
    }
    Ok(())
}
