//! Members of answers.

use fieldproof_spec::model::{Api, Field, Mode, Resource, Row, Type};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::{alternatives, kind};
use crate::mutant::{Mutation, Operator};
use crate::obligation::{Severity, SourceRow};
use crate::subject::member::path;
use crate::subject::{Subject, SubjectPart, fields};
use crate::support::has_form;

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

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    match subject.field(api).is_shown() {
        false => subject.mutations(&[Operator::WriteOnlyShown]),
        true if subject.part == SubjectPart::Field(subject.resource(api).id.clone()) => {
            subject.mutations(&[Operator::MemberHidden, Operator::MemberAdded])
        }
        true => subject.mutations(&[Operator::MemberHidden]),
    }
}

/// Rows inside a field that no request can reach: objects that only the server sets, or
/// that are only part of objects that cannot be created, and rows of tables.
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
    let above = harness.make_above(resource)?;
    let made = harness.some(resource, &above)?;
    let listed = match resource.list {
        Some(_) => harness.listed(resource, &above, &made)?,
        None => Vec::new(),
    };
    for one in &made {
        let shown = match resource.get {
            Some(_) => harness.get(resource, &one.path)?,
            None => one.shown.clone(),
        };
        let item = listed.iter().find(|(id, _)| id == one.id());
        let item = item.map(|(_, item)| item);
        for object in [Some(&one.shown), Some(&shown), item].into_iter().flatten() {
            judge(harness, resource, field, object)?;
        }
        let (read, found) = (
            shown.get(&field.name),
            item.map(|item| item.get(&field.name)),
        );
        harness.ensure(found.is_none_or(|found| found == read), || {
            let text = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
            format!(
                "the list shows `{}` as a read does: {}, got {}",
                field.name,
                text(read),
                text(found.flatten())
            )
        })?;
    }
    Ok(())
}

/// Judges a member of a shown object.
fn judge(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    one: &Map<String, Value>,
) -> Result<(), CheckError> {
    if let Some(name) = one.keys().find(|name| resource.field(name).is_none()) {
        return harness.fail(format!("`{name}` is shown and not documented"));
    }
    match (one.get(&field.name), field.is_shown()) {
        (Some(_), false) => harness.fail(format!("`{}` is never shown", field.name)),
        (None, true) if !(field.may_lack && harness.api.dialect.house.is_none()) => {
            harness.fail(format!("`{}` is missing", field.name))
        }
        (Some(value), true) if !has_form(harness, resource, field, value) => harness.fail(format!(
            "`{}` has its documented type and form, got {value}",
            field.name
        )),
        _ => Ok(()),
    }
}
