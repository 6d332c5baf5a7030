//! The time of creation in a time zone.

use fieldproof_spec::model::{Source, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::zoned_instant;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

/// How far the clocks of the service and of this machine may differ, in microseconds.
const SKEW: i64 = 300_000_000;

pub(crate) static CHECK: Check = Check {
    name: "zoned",
    about: "The moment of the create is shown as a local date and time without fraction, in the time zone beside it: \
            that of the documented member when it is sent, and for good.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = fields(api, |resource, field| {
            resource.create.is_some() && matches!(field.ty, Type::ZonedTime { .. })
        });
        for subject in &mut subjects {
            let Type::ZonedTime { object, .. } = &subject.field(api).ty else {
                continue;
            };
            let object = api.object(object);
            let rows = object.into_iter().flat_map(|object| {
                std::iter::once(&object.row).chain(object.fields.iter().map(|field| &field.row))
            });
            subject
                .rows
                .extend(rows.map(crate::obligation::SourceRow::from));
        }
        subjects
    },
    mutants: |_, subject| subject.resource_mutations(&[Operator::ZoneIgnored]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let Type::ZonedTime { time, zone, .. } = &field.ty else {
        return Ok(());
    };
    let chosen = field.fallback.iter().find_map(|source| match source {
        Source::Field { field } => field.split_once('.'),
        _ => None,
    });
    for name in [
        None,
        Some("Asia/Tokyo"),
        Some("America/Sao_Paulo"),
        Some("UTC"),
    ] {
        let mut with = Map::new();
        if let (Some((object, member)), Some(name)) = (chosen, name) {
            with.insert(object.to_owned(), json!({ member: name }));
        }
        let now = jiff::Timestamp::now().as_microsecond();
        let made = harness.make_with(resource, &with)?;
        let shown = made.shown.get(&field.name).cloned().unwrap_or(Value::Null);
        let at = zoned_instant(&field.ty, &shown);
        harness.ensure(at.is_some_and(|at| (at - now).abs() < SKEW), || {
            format!("`{}` is the moment of the create, got {shown}", field.name)
        })?;
        let text = shown[time].as_str().unwrap_or_default();
        harness.ensure(text.len() == "2021-01-01T00:00:00".len(), || {
            format!("`{time}` has no fraction and no offset, got `{text}`")
        })?;
        if let (Some((object, member)), Some(name)) = (chosen, name) {
            harness.ensure(shown[zone] == name, || {
                format!("`{zone}` is {name}, got {shown}")
            })?;
            if resource.update.is_some() {
                let body = json!({ object: { member: "Europe/Paris" } });
                let after = harness
                    .expect(200, &harness.change(resource, &made.path, &body)?)?
                    .json();
                harness.ensure(after[&field.name] == shown, || {
                    format!("`{}` stays as it was made", field.name)
                })?;
            }
        }
    }
    Ok(())
}
