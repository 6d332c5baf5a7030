//! Values of members that a create does not send.

use fieldproof_spec::model::{Field, RequestSource, Source, Type};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{shown as masked, stand_ins};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "default",
    about: "A create that does not send the member is taken, and the member has its default; without a documented one \
            that is `null` or empty.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            // The value of an unsent member without a default is not documented.
            let said = api.dialect.house.is_some() || is_said(field);
            said && resource.create.is_some()
                && !field.required
                && field.derive.is_none()
                && field.is_shown()
                && !is_stamped(resource, field)
                && !kind(&field.ty).is_made()
        })
    },
    mutants: |_, subject| subject.mutations(&[Operator::DefaultMissing]),
    run,
};

/// Whether a row says what an unsent member becomes.
fn is_said(field: &Field) -> bool {
    let own = field.default.is_some() && !matches!(field.ty, Type::Object(_));
    own || !field.fallback.is_empty()
}

fn is_stamped(
    resource: &fieldproof_spec::model::Resource,
    field: &fieldproof_spec::model::Field,
) -> bool {
    let times = resource.times.as_ref();
    field.name == resource.id
        || times.is_some_and(|times| times.created == field.name || times.updated == field.name)
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let made = harness.make_with(resource, &Map::new())?;
    let shown = made.shown.get(&field.name);
    let from = first(harness, field, &made.shown)?;
    let mut expected = from.unwrap_or_else(|| field.initial());
    for (object, member, from) in stand_ins(harness.api, resource) {
        if object == field.name {
            expected[&member] = made.shown.get(&from).cloned().unwrap_or_default();
        }
    }
    let expected = masked(harness.api, &field.ty, &expected);
    harness.ensure(shown == Some(&expected), || {
        format!(
            "`{}` was not sent and is {expected}, got {}",
            field.name,
            shown.cloned().unwrap_or_default()
        )
    })
}

/// The value of the first source that gives one to an object that is shown so.
fn first(
    harness: &Harness<'_>,
    field: &Field,
    shown: &Map<String, Value>,
) -> Result<Option<Value>, CheckError> {
    for source in &field.fallback {
        let value = match source {
            Source::Field { field } => at(shown, field).filter(|value| !value.is_null()),
            Source::Request {
                request: RequestSource::User,
            } => match harness.user() {
                Some(user) => Some(user.into()),
                None => {
                    let why = "whom the main token speaks for is not known; see --token user=EMAIL";
                    return Err(CheckError::Skip(why.to_owned()));
                }
            },
            Source::Setting { .. }
            | Source::Request {
                request: RequestSource::Host,
            } => None,
        };
        if value.is_some() {
            return Ok(value);
        }
    }
    Ok(None)
}

/// The shown value at a dotted path of names.
fn at(shown: &Map<String, Value>, path: &str) -> Option<Value> {
    let mut names = path.split('.');
    let first = shown.get(names.next()?)?;
    names
        .try_fold(first, |value, name| value.get(name))
        .cloned()
}
