//! Other JSON values of the same meaning.

use fieldproof_spec::model::Type;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::duty::{Duty, fields};
use crate::lab::{Lab, Stop};
use crate::model::{Kind, accept, below};
use crate::obligation::Severity;

pub(crate) static CHECK: Check = Check {
    name: "lenient",
    about: "Other JSON values that mean the same are taken and shown in the one documented form; what only looks like \
            them is refused with the code `type`.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && field.lenient && field.is_shown()
        })
    },
    mutants: |_, duty| duty.broken(&[Kind::LenientMissing]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let above = lab.make_above(resource)?;
    let collection = crate::lab::collection(resource, &above);
    let body = |value: &Value| {
        let value = match field.list {
            true => Value::Array(vec![value.clone()]),
            false => value.clone(),
        };
        let mut with = Map::new();
        with.insert(field.name.clone(), value);
        lab.small_body(resource, &with)
    };
    let (good, bad) = spellings(&field.ty, i64::try_from(lab.nonce()).unwrap_or_default());
    for value in good {
        let sent = body(&value);
        let legal = |value: &Value| {
            let mut found = Vec::new();
            accept(lab.api, field, value, &sent, "", &mut found).is_some()
        };
        // A number may be too short a text, or one that nobody may have.
        if !legal(&sent[&field.name]) {
            continue;
        }
        let expected = accept(
            lab.api,
            field,
            &sent[&field.name],
            &sent,
            "",
            &mut Vec::new(),
        );
        // Where no number is legal, none is legal as text either.
        if expected.is_none() && !matches!(field.ty, Type::Boolean | Type::Integer { .. }) {
            continue;
        }
        let made = lab.make_below(resource, &above, sent)?;
        let shown = made.shown.get(&field.name).cloned();
        lab.ensure(shown == expected || !field.is_shown(), || {
            format!(
                "{value} is shown as {}, got {}",
                expected.unwrap_or_default(),
                shown.unwrap_or_default()
            )
        })?;
    }
    for value in bad {
        let ask = lab
            .create(resource, &collection)
            .json(&Value::Object(body(&value)));
        let place = if field.list { "/0" } else { "" };
        lab.expect_violation(
            &ask,
            &format!("{}{place}", below("", &field.name)),
            &["type"],
        )?;
    }
    Ok(())
}

/// Values that are taken, and values that only look like them.
fn spellings(ty: &Type, number: i64) -> (Vec<Value>, Vec<Value>) {
    match ty {
        Type::Boolean => (
            vec![
                json!(true),
                json!(false),
                json!(1),
                json!(0),
                json!("1"),
                json!("0"),
                json!("true"),
                json!("false"),
                json!("TRUE"),
                json!("False"),
            ],
            vec![
                json!(2),
                json!(-1),
                json!("yes"),
                json!("on"),
                json!("2"),
                json!(""),
                json!(" true"),
                json!(1.5),
            ],
        ),
        Type::Integer { min, max } => {
            let number = number.clamp(*min, *max);
            // Another one, as nobody may have the same.
            let other = number.saturating_sub(1).max(*min);
            (
                vec![json!(number), json!(other.to_string())],
                vec![
                    json!("x"),
                    json!("1.5"),
                    json!("+1"),
                    json!("1 "),
                    json!(""),
                ],
            )
        }
        Type::Text { min, .. } if *min > 0 && *min < 19 => {
            let number = 10_i64.pow(min - 1) + number % 8;
            (
                vec![json!(number), json!((number + 1).to_string())],
                vec![json!(1.5), json!(true)],
            )
        }
        _ => (
            vec![json!(number), json!((number + 1).to_string())],
            vec![json!(1.5), json!(true)],
        ),
    }
}
