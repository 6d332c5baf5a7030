//! Values wrapped in objects, and reserved texts.

use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{accept, below, shown as masked};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{is_changed, taken_by_changes};
use fieldproof_spec::model::Api;

pub(crate) static CHECK: Check = Check {
    name: "unwrap",
    about: "An object with the one documented member is taken as its value; a text that is reserved is refused with the \
            code `reserved`.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            let special = field.envelope.is_some()
                || (!field.reserved.is_empty() && !kind(&field.ty).reserves_names());
            resource.create.is_some() && field.on_create() && special
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let field = subject.field(api);
    subject.mutations_where(&[
        (field.envelope.is_some(), Operator::UnwrapMissing),
        (
            field.envelope.is_some()
                && is_changed(subject.resource(api), field)
                && field.is_shown(),
            Operator::FormsOfCreate,
        ),
        (!field.reserved.is_empty(), Operator::ReservedTaken),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let body = |value: Value| {
        let mut with = Map::new();
        with.insert(field.name.clone(), value);
        harness.small_body(resource, &with)
    };
    let request = |value: Value| {
        harness
            .create(resource, &collection)
            .json(&Value::Object(body(value)))
    };
    let pointer = below("", &field.name);
    if let Some(member) = &field.envelope {
        let value = harness.fresh_for(field, &Map::new());
        let many = |value: Value| if field.list { json!([value]) } else { value };
        let made = harness.make_below(resource, &above, body(many(json!({ member: value }))))?;
        let same = many(value.clone());
        let expected = accept(harness.api, field, &same, &Map::new(), "", &mut Vec::new());
        let expected = expected.map(|value| masked(harness.api, &field.ty, &value));
        let same = made.shown.get(&field.name) == expected.as_ref();
        harness.ensure(same || !field.is_shown(), || {
            format!("{{\"{member}\":{value}}} is shown as {value}")
        })?;
        let pair = (many(json!({ member: value })), many(value.clone()));
        taken_by_changes(harness, resource, field, &above, &[pair])?;
        let pointer = if field.list {
            format!("{pointer}/0")
        } else {
            pointer.clone()
        };
        harness.expect_violation(&request(many(json!({ "zzz": value }))), &pointer, &["type"])?;
        let inner = below(&pointer, member);
        harness.expect_violation(&request(many(json!({ member: [] }))), &inner, &["type"])?;
    }
    let mut tried = field.envelope.is_some();
    let changed = match resource.update.is_some() && field.on_update() {
        true => Some(harness.make(resource)?),
        false => None,
    };
    for reserved in &field.reserved {
        let value = match field.list {
            true => json!([reserved]),
            false => json!(reserved),
        };
        let mut found = Vec::new();
        accept(
            harness.api,
            field,
            &value,
            &Map::new(),
            &pointer,
            &mut found,
        );
        // A text that another rule refuses shows nothing about this one.
        if let [one] = found.as_slice()
            && one.code == "reserved"
        {
            harness.expect_violation(&request(value.clone()), &one.pointer, &["reserved"])?;
            if let Some(made) = &changed {
                let body = json!({ &field.name: value });
                let request = harness.change(resource, &made.path, &body)?;
                harness.expect_violation(&request, &one.pointer, &["reserved"])?;
            }
            tried = true;
        }
    }
    match tried {
        true => Ok(()),
        false => Err(CheckError::Skip(format!(
            "other rules of `{}` refuse what is reserved",
            field.name
        ))),
    }
}
