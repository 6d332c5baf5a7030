//! Members of answers.

use fieldproof_spec::model::{Field, Form, IdKind, Resource, Type};
use serde_json::Value;

use super::duty::fields;
use super::{Check, Duty};
use crate::lab::{Lab, Stop};
use crate::model::{instant, print};

pub(super) static CHECK: Check = Check {
    name: "shown",
    about: "Every answer with the object has the member in its documented type and printed form, `null` only where that \
            is documented, and no member that is not documented; a write-only member is never shown.",
    oblige: |api| fields(api, |_, _| true),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    for made in lab.some(resource, &lab.make_above(resource)?)? {
        let shown = match resource.get {
            Some(_) => lab.get(resource, &made.path)?,
            None => made.shown.clone(),
        };
        for one in [&made.shown, &shown] {
            if let Some(name) = one.keys().find(|name| resource.field(name).is_none()) {
                return lab.fail(format!("`{name}` is shown and not documented"));
            }
            match (one.get(&field.name), field.is_shown()) {
                (Some(_), false) => return lab.fail(format!("`{}` is never shown", field.name)),
                (None, true) => return lab.fail(format!("`{}` is missing", field.name)),
                (Some(value), true) if !has_form(lab, resource, field, value) => {
                    return lab.fail(format!(
                        "`{}` has its documented type and form, got {value}",
                        field.name
                    ));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn has_form(lab: &Lab<'_>, resource: &Resource, field: &Field, value: &Value) -> bool {
    if value.is_null() {
        // What nothing sets is nothing.
        let made =
            field.name == resource.id || matches!(field.ty, Type::Token | Type::ZonedTime { .. });
        let times = resource.times.as_ref();
        let stamped = times.is_some_and(|one| [&one.created, &one.updated].contains(&&field.name));
        let set = made || stamped || field.required || field.derive.is_some();
        return field.nullable || (!set && field.initial().is_null());
    }
    match (field.list, value) {
        (true, Value::Array(items)) => items.iter().all(|item| one(lab, resource, field, item)),
        (true, _) => false,
        (false, value) => one(lab, resource, field, value),
    }
}

fn one(lab: &Lab<'_>, resource: &Resource, field: &Field, value: &Value) -> bool {
    let text = value.as_str();
    match &field.ty {
        Type::Id => text.is_some_and(|id| match resource.id_kind {
            IdKind::Hex24 => {
                id.len() == 24 && id.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
            }
            IdKind::Increasing => id
                .parse::<u64>()
                .is_ok_and(|number| number.to_string() == id),
            IdKind::Digits => !id.is_empty() && id.chars().all(|c| c.is_ascii_digit()),
        }),
        Type::Boolean => value.is_boolean(),
        Type::Integer { .. } => value.is_i64(),
        Type::Decimal { .. } => value.is_number(),
        Type::Map | Type::Headers | Type::Object(_) => value.is_object(),
        Type::Template => value.is_object() || value.is_string(),
        Type::Secret { .. } => value.is_boolean(),
        ty @ Type::ZonedTime { .. } => crate::model::zoned_moment(ty, value).is_some(),
        Type::Entry(name) => lab
            .api
            .table(name)
            .is_some_and(|table| table.rows.iter().any(|row| value.as_object() == Some(row))),
        Type::Child(name) => lab.api.resource(name).is_some_and(|child| {
            let has = |field: &&Field| value.get(&field.name).is_some() == field.is_shown();
            child.fields.iter().all(|field| has(&field))
        }),
        Type::Shared(name) => lab.api.object(name).is_some_and(|object| {
            let map = value.as_object();
            map.is_some_and(|map| {
                map.len() == object.fields.len()
                    && object
                        .fields
                        .iter()
                        .all(|field| map.contains_key(&field.name))
            })
        }),
        Type::TableRow(name) => lab
            .api
            .table(name)
            .is_some_and(|table| table.rows.iter().any(|row| value.as_object() == Some(row))),
        // Which of the types it has to be of, other checks tell.
        Type::Choice { of, .. } => of.iter().any(|(_, ty)| {
            let plain = Field {
                ty: ty.clone(),
                ..field.clone()
            };
            one(lab, resource, &plain, value)
        }),
        Type::Values(values) => text.is_some_and(|text| values.iter().any(|one| one == text)),
        Type::DateTime(form) => text.is_some_and(|text| printed(*form, text)),
        _ => text.is_some(),
    }
}

fn printed(form: Form, text: &str) -> bool {
    instant(form, text).is_some_and(|at| print(form, at) == text)
}
