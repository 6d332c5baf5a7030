//! Texts of only spaces.

use fieldproof_spec::model::Blank;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::{accept, below, nothing, shown};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "blank",
    about: "A text of blanks alone is refused, or it is nothing, as documented: then it, `null` and not sending the \
            member make the same object, and an update clears the member with it.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && field.blank != Blank::Text
        })
    },
    mutants: |_, subject| subject.mutations(&[Operator::BlankTaken]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let body = |value: &Value| {
        let mut with = Map::new();
        with.insert(field.name.clone(), value.clone());
        harness.small_body(resource, &with)
    };
    if field.blank == Blank::Refused {
        let pointer = below("", &field.name);
        for bad in [" ", "\t\n ", "\u{a0}\u{2003}", ""] {
            let value = match field.list {
                true => json!([bad]),
                false => json!(bad),
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
            // Empty texts are a matter of length.
            let Some(one) = found.first() else { continue };
            let request = harness
                .create(resource, &collection)
                .json(&Value::Object(body(&value)));
            harness.expect_violation(&request, &one.pointer, &[one.code])?;
        }
        return Ok(());
    }
    let nothing = shown(harness.api, &field.ty, &nothing(field));
    for spelling in [
        json!(""),
        json!("  "),
        json!("\t"),
        Value::Null,
        nothing.clone(),
    ] {
        let made = harness.make_below(resource, &above, body(&spelling))?;
        let seen = made.shown.get(&field.name) == Some(&nothing);
        harness.ensure(seen || !field.is_shown(), || {
            format!("{spelling} is shown as {nothing}")
        })?;
        if resource.update.is_none() || !field.on_update() {
            continue;
        }
        let full = harness.make_below(
            resource,
            &above,
            body(&harness.value(resource, field, &Map::new())),
        )?;
        let change = harness.change(resource, &full.path, &json!({ &field.name: spelling }))?;
        let after = harness.expect(200, &change)?.json();
        harness.ensure(after[&field.name] == nothing || !field.is_shown(), || {
            format!("{spelling} clears `{}`", field.name)
        })?;
    }
    if field.list {
        let request = harness
            .create(resource, &collection)
            .json(&Value::Object(body(&json!([" "]))));
        harness.expect_violation(
            &request,
            &format!("{}/0", below("", &field.name)),
            &["blank"],
        )?;
    }
    Ok(())
}
