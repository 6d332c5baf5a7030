//! Closed lists of texts.

use fieldproof_spec::model::Type;
use serde_json::{Map, Value};

use super::duty::fields;
use super::{Check, Duty};
use crate::lab::{Ask, Lab, Stop};

pub(super) static CHECK: Check = Check {
    name: "values",
    about: "Every documented value is taken; another text, another case or the empty text is refused with the code \
            `not_a_value`.",
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && field.on_create()
                && matches!(field.ty, Type::Values(_))
                && !field.list
        })
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let Type::Values(values) = &field.ty else {
        return Ok(());
    };
    let above = lab.make_above(resource)?;
    let with = |text: &str| {
        let mut with = Map::new();
        with.insert(field.name.clone(), Value::from(text));
        with
    };
    for value in values {
        let made = lab.make_below(resource, &above, lab.small_body(resource, &with(value)))?;
        lab.ensure(
            made.shown.get(&field.name) == Some(&Value::from(value.as_str())),
            || format!("`{value}` is kept"),
        )?;
    }
    let collection = crate::lab::collection(resource, &above);
    let first = values.first().cloned().unwrap_or_default();
    for bad in [
        lab.word(),
        first.to_uppercase() + "_",
        format!("{first} "),
        String::new(),
        swapped(&first),
    ] {
        if values.contains(&bad) {
            continue;
        }
        let body = lab.small_body(resource, &with(&bad));
        let ask = Ask::new("POST", &collection).json(&Value::Object(body));
        lab.expect_violation(&ask, &format!("/{}", field.name), &["not_a_value"])?;
    }
    Ok(())
}

fn swapped(text: &str) -> String {
    match text.to_uppercase() == text {
        true => text.to_lowercase(),
        false => text.to_uppercase(),
    }
}
