//! Alternative names of members in bodies.

use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;
use crate::subject::member::{members, mutations, resolve};
use crate::support::whole;

pub(crate) static CHECK: Check = Check {
    name: "called",
    about: "A member is read under each of its other names as well and shown under its own; what is wrong with it is \
            told at the name that was sent, and two names of it at once are refused.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| members(api, |field| !field.also.is_empty()),
    mutants: |api, subject| mutations(api, subject, &[Operator::NameMissing]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let Some((resource, field, _, member)) = resolve(harness.api, subject) else {
        return Ok(());
    };
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let many = |object: &Map<String, Value>| match field.list {
        true => json!([object]),
        false => json!(object),
    };
    let body = |object: &Map<String, Value>| {
        let with = [(field.name.clone(), many(object))];
        harness.small_body(resource, &with.into_iter().collect())
    };
    let mut object = match whole(harness, &field.ty, member, true) {
        Value::Object(object) => object,
        other => return harness.fail(format!("an object is drawn, got {other}")),
    };
    if !object.contains_key(&member.name) {
        object.insert(
            member.name.clone(),
            harness.value(resource, member, &object),
        );
    }
    let plain = harness.make_below(resource, &above, body(&object))?;
    let shown = plain.shown[&field.name].clone();
    let value = object.shift_remove(&member.name).unwrap_or_default();
    for name in &member.also {
        let mut called = object.clone();
        called.insert(name.clone(), value.clone());
        let made = harness.make_below(resource, &above, body(&called))?;
        harness.ensure(made.shown[&field.name] == shown, || {
            format!(
                "`{name}` is read as `{}`, got {}",
                member.name, made.shown[&field.name]
            )
        })?;
        if resource.update.is_some() && field.on_update() {
            let change = json!({ &field.name: many(&called) });
            let exchange = harness.expect(200, &harness.change(resource, &plain.path, &change)?)?;
            harness.ensure(exchange.json()[&field.name] == shown, || {
                format!("`{name}` of a change is read as `{}`", member.name)
            })?;
        }
        let at = if field.list { "/0" } else { "" };
        let place = below(&format!("{}{at}", below("", &field.name)), name);
        let create = |object: &Map<String, Value>| {
            harness
                .create(resource, &collection)
                .json(&Value::Object(body(object)))
        };
        let mut wrong = called.clone();
        wrong.insert(name.clone(), json!({ "no": "such value" }));
        harness.expect_violation(&create(&wrong), &place, &["type"])?;
        called.insert(member.name.clone(), value.clone());
        harness.expect_violation(&create(&called), &place, &["unexpected"])?;
    }
    Ok(())
}
