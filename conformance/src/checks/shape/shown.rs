//! Members of answers.

use fieldproof_spec::model::{Api, Field, Mode, Resource, Row, Type};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::{Seen, alternatives, kind};
use crate::mutant::{Mutation, Operator};
use crate::obligation::{Severity, SourceRow};
use crate::subject::member::path;
use crate::subject::{Subject, SubjectPart, fields};

pub(crate) static CHECK: Check = Check {
    name: "shown",
    about: "Every answer with the object has the member in its documented type and printed form, `null` only where that \
            is documented, and no member that is not documented; a write-only member is never shown.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = fields(api, |_, _| true);
        for subject in &mut subjects {
            let mut rows = Vec::new();
            unasked(api, subject.field(api), &mut rows);
            subject.rows.extend(rows.into_iter().map(SourceRow::from));
        }
        subjects
    },
    mutants,
    run,
};

/// Ways to break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    match subject.field(api).is_shown() {
        false => subject.mutations(&[Operator::WriteOnlyShown]),
        true if subject.part == SubjectPart::Field(subject.resource(api).id.clone()) => {
            subject.mutations(&[Operator::MemberHidden, Operator::MemberAdded])
        }
        true => subject.mutations(&[Operator::MemberHidden]),
    }
}

/// Rows inside of a field that no request can reach: objects that only the server
/// sets, or that only objects hold that nobody makes, and rows of tables.
fn unasked<'a>(api: &'a Api, field: &Field, rows: &mut Vec<&'a Row>) {
    for (_, ty) in alternatives(&field.ty) {
        rows.extend(kind(ty).rows(api));
        let (Type::Object(name) | Type::Shared(name) | Type::ZonedTime { object: name, .. }) = ty
        else {
            continue;
        };
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
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    for made in harness.some(resource, &harness.make_above(resource)?)? {
        let shown = match resource.get {
            Some(_) => harness.get(resource, &made.path)?,
            None => made.shown.clone(),
        };
        for one in [&made.shown, &shown] {
            if let Some(name) = one.keys().find(|name| resource.field(name).is_none()) {
                return harness.fail(format!("`{name}` is shown and not documented"));
            }
            match (one.get(&field.name), field.is_shown()) {
                (Some(_), false) => {
                    return harness.fail(format!("`{}` is never shown", field.name));
                }
                (None, true) => return harness.fail(format!("`{}` is missing", field.name)),
                (Some(value), true) if !has_form(harness, resource, field, value) => {
                    return harness.fail(format!(
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

fn has_form(harness: &Harness<'_>, resource: &Resource, field: &Field, value: &Value) -> bool {
    if value.is_null() {
        // What nothing sets is nothing.
        let made = field.name == resource.id || kind(&field.ty).is_made();
        let times = resource.times.as_ref();
        let stamped = times.is_some_and(|one| [&one.created, &one.updated].contains(&&field.name));
        let set = made || stamped || field.required || field.derive.is_some();
        return field.nullable || (!set && field.initial().is_null());
    }
    let seen = Seen {
        api: harness.api,
        id_kind: resource.id_kind,
        is_whole: &|object, map| whole(harness, resource, object, map),
    };
    let kind = kind(&field.ty);
    match (field.list, value) {
        (true, Value::Array(items)) => items.iter().all(|item| kind.has_form(item, &seen)),
        (true, _) => false,
        (false, value) => kind.has_form(value, &seen),
    }
}

/// Whether an object has documented members alone, each in its form.
fn whole(
    harness: &Harness<'_>,
    resource: &Resource,
    object: &str,
    map: &Map<String, Value>,
) -> bool {
    let fields = harness
        .api
        .object(object)
        .map_or(&[][..], |one| &one.fields);
    map.iter().all(|(name, value)| {
        let field = fields.iter().find(|field| field.name == *name);
        // The identifier of a shared object is not made as the resource's is.
        field.is_some_and(|field| match field.ty == Type::Id {
            true => value.is_string(),
            false => field.is_shown() && has_form(harness, resource, field, value),
        })
    })
}
