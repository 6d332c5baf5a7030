//! Texts of blanks alone.

use fieldproof_spec::model::Blank;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::duty::{Duty, fields};
use crate::lab::{Lab, Stop};
use crate::model::{accept, below, nothing, shown};
use crate::mutant::Kind;
use crate::obligation::Severity;

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
    mutants: |_, duty| duty.broken(&[Kind::BlankTaken]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let above = lab.make_above(resource)?;
    let collection = crate::lab::collection(resource, &above);
    let body = |value: &Value| {
        let mut with = Map::new();
        with.insert(field.name.clone(), value.clone());
        lab.small_body(resource, &with)
    };
    if field.blank == Blank::Refused {
        let pointer = below("", &field.name);
        for bad in [" ", "\t\n ", "\u{a0}\u{2003}", ""] {
            let value = match field.list {
                true => json!([bad]),
                false => json!(bad),
            };
            let mut found = Vec::new();
            accept(lab.api, field, &value, &Map::new(), &pointer, &mut found);
            // An empty text is a matter of length.
            let Some(one) = found.first() else { continue };
            let ask = lab
                .create(resource, &collection)
                .json(&Value::Object(body(&value)));
            lab.expect_violation(&ask, &one.pointer, &[one.code])?;
        }
        return Ok(());
    }
    let nothing = shown(lab.api, &field.ty, &nothing(field));
    for spelling in [
        json!(""),
        json!("  "),
        json!("\t"),
        Value::Null,
        nothing.clone(),
    ] {
        let made = lab.make_below(resource, &above, body(&spelling))?;
        let seen = made.shown.get(&field.name) == Some(&nothing);
        lab.ensure(seen || !field.is_shown(), || {
            format!("{spelling} is shown as {nothing}")
        })?;
        if resource.update.is_none() || !field.on_update() {
            continue;
        }
        let full = lab.make_below(
            resource,
            &above,
            body(&lab.value(resource, field, &Map::new())),
        )?;
        let change = lab.change(resource, &full.path, &json!({ &field.name: spelling }))?;
        let after = lab.expect(200, &change)?.json();
        lab.ensure(after[&field.name] == nothing || !field.is_shown(), || {
            format!("{spelling} clears `{}`", field.name)
        })?;
    }
    if field.list {
        let ask = lab
            .create(resource, &collection)
            .json(&Value::Object(body(&json!([" "]))));
        lab.expect_violation(&ask, &format!("{}/0", below("", &field.name)), &["blank"])?;
    }
    Ok(())
}
