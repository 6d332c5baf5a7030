//! Characters that cannot be kept.

use fieldproof_spec::model::Type;
use serde_json::{Map, Value};

use super::duty::fields;
use super::{Check, Duty};
use crate::lab::{Lab, Stop};

pub(super) static CHECK: Check = Check {
    name: "characters",
    about: "U+0000 in the text is refused with the code `invalid_character`; every other character is kept as sent.",
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && field.on_create()
                && !field.list
                && matches!(field.ty, Type::Text { .. } | Type::ExternalId)
        })
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let above = lab.make_above(resource)?;
    let body = |text: String| {
        let mut with = Map::new();
        with.insert(field.name.clone(), text.into());
        lab.small_body(resource, &with)
    };
    let collection = crate::lab::collection(resource, &above);
    let ask = lab
        .create(resource, &collection)
        .json(&Value::Object(body("a\0b".to_owned())));
    lab.expect_violation(&ask, &format!("/{}", field.name), &["invalid_character"])?;
    let most = match field.ty {
        Type::Text { max, .. } => max as usize,
        _ => 255,
    };
    let kept = format!(
        "{}\u{1}\u{7f}\u{85}\u{2028}\u{feff}\u{fffd}\u{10ffff}",
        lab.number()
    );
    let kept: String = kept.chars().take(most).collect();
    let made = lab.make_below(resource, &above, body(kept.clone()))?;
    lab.ensure(
        made.shown.get(&field.name) == Some(&Value::from(kept)) || !field.is_shown(),
        || format!("`{}` is kept character by character", field.name),
    )
}
