//! Members of answers.

use fieldproof_spec::model::{Api, Field, Form, IdKind, Mode, Resource, Row, Type};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::duty::member::path;
use crate::duty::{Duty, Subject, fields};
use crate::lab::{Lab, Stop};
use crate::model::{Kind, Mutation, instant, print};
use crate::obligation::{Place, Severity};

pub(crate) static CHECK: Check = Check {
    name: "shown",
    about: "Every answer with the object has the member in its documented type and printed form, `null` only where that \
            is documented, and no member that is not documented; a write-only member is never shown.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut duties = fields(api, |_, _| true);
        for duty in &mut duties {
            let mut rows = Vec::new();
            unasked(api, duty.field(api), &mut rows);
            duty.rows.extend(rows.into_iter().map(Place::from));
        }
        duties
    },
    mutants,
    run,
};

/// Ways to break the promise.
fn mutants(api: &Api, duty: &Duty) -> Vec<Mutation> {
    match duty.field(api).is_shown() {
        false => duty.broken(&[Kind::WriteOnlyShown]),
        true if duty.subject == Subject::Field(duty.resource(api).id.clone()) => {
            duty.broken(&[Kind::MemberHidden, Kind::MemberAdded])
        }
        true => duty.broken(&[Kind::MemberHidden]),
    }
}

/// Rows inside of a field that no request can reach: objects that only the server
/// sets, or that only objects hold that nobody makes, and rows of tables.
fn unasked<'a>(api: &'a Api, field: &Field, rows: &mut Vec<&'a Row>) {
    let types = match &field.ty {
        Type::Choice { of, .. } => of.iter().map(|(_, ty)| ty).collect(),
        ty => vec![ty],
    };
    for ty in types {
        match ty {
            Type::Object(name) | Type::Shared(name) | Type::ZonedTime { object: name, .. } => {
                let Some(object) = api.object(name) else {
                    continue;
                };
                if rows.contains(&&object.row) {
                    continue;
                }
                let asked = path(api, name).is_some();
                rows.push(&object.row);
                for one in &object.fields {
                    if !asked || one.mode == Mode::ReadOnly {
                        rows.push(&one.row);
                    }
                    unasked(api, one, rows);
                }
            }
            Type::Key { table, column } => {
                let table = api.table(table);
                rows.extend(table.map(|table| &table.row));
                let columns = table.into_iter().flat_map(|table| &table.columns);
                let own = columns.filter(|one| one.name == *column);
                rows.extend(own.map(|one| &one.row));
            }
            Type::TableRow(name) | Type::Entry(name) => {
                let table = api.table(name);
                rows.extend(table.map(|table| &table.row));
                let columns = table.into_iter().flat_map(|table| &table.columns);
                rows.extend(columns.map(|one| &one.row));
            }
            _ => {}
        }
    }
}

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
        Type::Map | Type::Headers => value.is_object(),
        Type::Object(name) => value
            .as_object()
            .is_some_and(|map| whole(lab, resource, name, map)),
        Type::Key { table, column } => lab
            .api
            .table(table)
            .is_some_and(|table| text.is_some_and(|text| table.find(column, text).is_some())),
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
                let there = |field: &Field| map.contains_key(&field.name);
                object.fields.iter().all(there) && whole(lab, resource, name, map)
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

/// Whether an object has documented members alone, each in its form.
fn whole(lab: &Lab<'_>, resource: &Resource, object: &str, map: &Map<String, Value>) -> bool {
    let fields = lab.api.object(object).map_or(&[][..], |one| &one.fields);
    map.iter().all(|(name, value)| {
        let field = fields.iter().find(|field| field.name == *name);
        field.is_some_and(|field| match &field.ty {
            // That of a shared object is not made as the resource's is.
            Type::Id => value.is_string(),
            _ => field.is_shown() && has_form(lab, resource, field, value),
        })
    })
}

fn printed(form: Form, text: &str) -> bool {
    instant(form, text).is_some_and(|at| print(form, at) == text)
}
