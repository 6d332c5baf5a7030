//! Texts with a documented syntax.

use fieldproof_spec::model::{Api, Field, Formats, Resource, Role, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::kind::{Cases, Codes, SYNTAX, alternatives, kind};
use crate::model::{accept, below, sent as meant};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{changes, unchanged};

pub(crate) static CHECK: Check = Check {
    name: "format",
    about: "Email addresses, telephone numbers and dates of the documented syntax are taken, telephone numbers without \
            their punctuation; a table of near misses is refused with the code `format`, by updates as well, and so is a \
            sibling that the kept value does not fit.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && !syntaxes(&field.ty).is_empty()
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let ty = &subject.field(api).ty;
    let updates = subject.resource(api).update.is_some();
    subject.mutations_where(&[
        (true, Operator::BoundIgnored),
        (
            updates && kind(ty).decided_by().is_some(),
            Operator::FitIgnored,
        ),
        (
            kind(ty).tick().is_some() && api.dialect.formats.row.is_some(),
            Operator::DateLoose,
        ),
    ])
}

/// Each type with a syntax, with the sibling value that selects it.
fn syntaxes(ty: &Type) -> Vec<(Option<(&str, &str)>, &Type)> {
    let mut all = alternatives(ty);
    all.retain(|(_, ty)| kind(ty).syntax(0).is_some());
    all
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    for (sibling, ty) in syntaxes(&field.ty) {
        let with = |value: Value| -> Map<String, Value> {
            let by = sibling.map(|(by, value)| (by.to_owned(), value.into()));
            let value = if field.list { json!([value]) } else { value };
            by.into_iter()
                .chain([(field.name.clone(), value)])
                .collect()
        };
        let body = |value: &Value| harness.small_body(resource, &with(value.clone()));
        let Some(Cases {
            mut taken,
            mut refused,
        }) = kind(ty).syntax(harness.nonce())
        else {
            continue;
        };
        // For unique members, each object gets an unused value.
        if field.unique.is_some() {
            let own = harness.fresh(ty, &Map::new());
            let owner = with(own.clone());
            let shown = accept(harness.api, field, &own, &owner, "", &mut Vec::new());
            taken = Some(own).zip(shown).into_iter().collect();
        }
        // Addresses that are sent to must be public, so IPv6 literals are left out.
        if matches!(field.role, Some(Role::Address | Role::TokenUrl)) {
            taken.retain(|(sent, _)| sent.as_str().is_some_and(|text| !text.contains('[')));
        }
        // How strictly a syntax is read may be undocumented; texts that are plainly invalid
        // are refused in any case.
        if !harness.api.dialect.formats.is(Formats::Strict) {
            let mut at = 0;
            taken.retain(|(sent, _)| {
                at += 1;
                at == 1 || is_moment(sent)
            });
            refused.retain(|(value, _)| is_impossible(value));
            refused.push(("%%% %%%".into(), &[]));
        }
        // If blank texts stand for `null`, they violate no syntax.
        refused.retain(|(value, _)| !meant(field, value).is_null());
        for (sent, expected) in taken {
            let place = harness.beside(resource, &above)?;
            let made = harness.make_below(resource, &place, body(&sent))?;
            let shown = made.shown.get(&field.name).unwrap_or(&Value::Null);
            let shown = if field.list { &shown[0] } else { shown };
            harness.ensure(*shown == expected || !field.is_shown(), || {
                format!("{sent} is shown as {expected}, got {shown}")
            })?;
        }
        let kept = match resource.update.is_some() && field.on_update() {
            true => Some(harness.make_with(resource, &with(harness.fresh(ty, &Map::new())))?),
            false => None,
        };
        for (value, codes) in refused {
            let request = harness
                .create(resource, &collection)
                .json(&Value::Object(body(&value)));
            refuse(harness, field, &request, codes)?;
            if let Some(kept) = &kept {
                let value = if field.list { json!([value]) } else { value };
                for request in changes(harness, resource, field, kept, &value) {
                    refuse(harness, field, &request, codes)?;
                }
            }
        }
        if let Some(kept) = &kept {
            unfit(harness, resource, field, sibling, kept)?;
            unchanged(harness, resource, kept)?;
        }
    }
    Ok(())
}

/// Judges that a stored value has to fit a sibling that is changed alone.
fn unfit(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    sibling: Option<(&str, &str)>,
    kept: &Fixture,
) -> Result<(), CheckError> {
    let (Type::Choice { of, .. }, Some((by, now))) = (&field.ty, sibling) else {
        return Ok(());
    };
    for (other, _) in of.iter().filter(|(text, _)| text != now) {
        let value = kept.sent.get(&field.name).cloned().unwrap_or_default();
        let owner = [(by.to_owned(), other.as_str().into())]
            .into_iter()
            .collect();
        if accept(harness.api, field, &value, &owner, "", &mut Vec::new()).is_some() {
            continue;
        }
        let alone = harness.change(resource, &kept.path, &json!({ by: other }))?;
        refuse(harness, field, &alone, SYNTAX)?;
    }
    Ok(())
}

fn refuse(
    harness: &Harness<'_>,
    field: &Field,
    request: &Request,
    codes: Codes,
) -> Result<(), CheckError> {
    let place = if field.list { "/0" } else { "" };
    let pointer = format!("{}{place}", below("", &field.name));
    harness.expect_violation(request, &pointer, codes).map(drop)
}

/// The rest of a text that begins like a date; `None` for other texts.
fn shape(value: &Value) -> Option<&str> {
    let text = value
        .as_str()
        .filter(|text| text.is_ascii() && text.len() >= 10)?;
    let (day, rest) = text.split_at(10);
    let digits = |one: &str| one.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = day.split('-');
    let (Some(year), Some(month), Some(date), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let whole = [(year, 4), (month, 2), (date, 2)];
    let whole = whole
        .iter()
        .all(|(part, length)| part.len() == *length && digits(part));
    whole.then_some(rest)
}

/// Whether a value is a complete RFC 3339 time in its plainest form.
fn is_moment(value: &Value) -> bool {
    let zoned = |rest: &str| {
        let zone =
            rest.ends_with('Z') || rest.len() > 6 && rest[rest.len() - 6..].starts_with(['+', '-']);
        rest.starts_with('T') && zone && !rest.contains(":60")
    };
    shape(value).is_some_and(zoned)
}

/// Whether no lenient parser would accept a text: a date that does not exist, or a URL with
/// another scheme.
fn is_impossible(value: &Value) -> bool {
    let day = shape(value).is_some_and(|rest| rest.is_empty() || is_moment(value));
    let scheme = value.as_str().and_then(|text| text.split_once("://"));
    let other = scheme.is_some_and(|(scheme, _)| {
        let letters = scheme.bytes().all(|byte| byte.is_ascii_lowercase());
        letters && !scheme.is_empty() && !scheme.starts_with("http")
    });
    day && !value.as_str().is_some_and(|text| text.contains(":60")) || other
}
