//! Characters that cannot be stored.

use fieldproof_spec::model::Edges;
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "characters",
    about: "U+0000 in the text is refused with the code `invalid_character`; every other character is kept as sent.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && field.on_create()
                && !field.list
                && kind(&field.ty).lengths().is_some()
        })
    },
    mutants: |_, subject| subject.mutations(&[Operator::BoundIgnored]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let above = harness.make_above(resource)?;
    let body = |text: String| {
        let mut with = Map::new();
        with.insert(field.name.clone(), text.into());
        harness.small_body(resource, &with)
    };
    let collection = crate::harness::collection(resource, &above);
    let (min, max) = kind(&field.ty).lengths().unwrap_or_default();
    let spoiled = format!("\0{}", "b".repeat(min.max(3).min(max) as usize - 1));
    let request = harness
        .create(resource, &collection)
        .json(&Value::Object(body(spoiled)));
    if harness.api.dialect.edges.is(Edges::Refused) {
        harness.expect_violation(&request, &below("", &field.name), &["invalid_character"])?;
    }
    let odd = odd(harness);
    // Unique values are distinguished by a prefix.
    let room = max.saturating_sub(odd.chars().count() as u32).min(24);
    let front = if room > 0 {
        harness.text(1, room)
    } else {
        String::new()
    };
    let kept: String = front
        .chars()
        .chain(odd.chars())
        .take(max as usize)
        .collect();
    let missing = (min as usize).saturating_sub(kept.chars().count());
    let kept = kept + &"x".repeat(missing);
    let made = harness.make_below(resource, &above, body(kept.clone()))?;
    harness.ensure(
        made.shown.get(&field.name) == Some(&Value::from(kept)) || !field.is_shown(),
        || format!("`{}` is kept character by character", field.name),
    )
}

/// Characters that are easily lost.
fn odd(harness: &Harness<'_>) -> &'static str {
    match harness.api.dialect.edges.is(Edges::Refused) {
        true => "\u{1}\u{7f}\u{85}\u{2028}\u{feff}\u{fffd}\u{10ffff}",
        // The treatment of control characters is not documented.
        false => "\u{e9}\u{df}\u{4e2d}\u{1f600}e\u{301}\u{5d0}'<&\\",
    }
}
