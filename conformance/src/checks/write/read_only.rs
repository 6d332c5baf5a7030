//! Members that only the server sets.

use fieldproof_spec::model::{Field, ReadOnlyMembers, Resource};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness};
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::{Severity, SourceRow};
use crate::subject::{Subject, fields};
use crate::support::one_change;
use crate::support::unchanged;

pub(crate) static CHECK: Check = Check {
    name: "read-only",
    about: "A member that the client does not write is accepted when it is sent back as it was shown, and refused when \
            it differs, with nothing else of the change stored; a create is refused when it sends one. A time that is \
            earlier than the kept one is an old echo and accepted.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = fields(api, |resource, field| {
            resource.update.is_some() && !field.on_update() && field.is_shown()
        });
        // Where the dialect says what becomes of such a member, this is what it says.
        let said = api.dialect.read_only_members.row.as_ref();
        for subject in &mut subjects {
            subject.rows.extend(said.map(SourceRow::from));
        }
        subjects
    },
    mutants: |api, subject| {
        let ignored = api.dialect.read_only_members.is(ReadOnlyMembers::Ignored);
        // The time of the last change is stamped whatever is taken.
        let times = subject.resource(api).times.as_ref();
        let moves = times.is_some_and(|times| times.updated == subject.field(api).name);
        subject.mutations_where(&[
            (!ignored || !moves, Operator::ReadOnlyTaken),
            (ignored, Operator::ReadOnlyRefused),
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let made = harness.steady(resource)?;
    let shown = made.shown.get(&field.name).cloned().unwrap_or_default();
    if !harness
        .api
        .dialect
        .read_only_members
        .is(ReadOnlyMembers::Equal)
    {
        return untouched(harness, resource, field, &made, &shown);
    }
    let change =
        |value: Value| harness.change(resource, &made.path, &json!({ &field.name: value }));
    let exchange = harness.expect(200, &change(shown.clone())?)?;
    harness.ensure(exchange.json() == Value::Object(made.shown.clone()), || {
        "an echo changes nothing".to_owned()
    })?;
    let pointer = below("", &field.name);
    for other in others(resource, field, &shown) {
        let mut body = Map::new();
        body.insert(field.name.clone(), other);
        // A valid change in the same request must not be stored.
        if let Some(Value::Object(beside)) = one_change(harness, resource, &made.shown) {
            body.extend(beside);
        }
        let verbs = resource.update.iter().flat_map(|update| &update.verbs);
        for verb in verbs {
            let sent = Value::Object(body.clone());
            let request = harness.change_by(resource, &made.path, *verb, &sent);
            harness.expect_violation(&request, &pointer, &["read_only", "immutable"])?;
            unchanged(harness, resource, &made)?;
        }
    }
    if is_time(resource, field) {
        harness.expect(200, &change(json!("2001-01-01T00:00:00Z"))?)?;
    }
    if !field.on_create() && resource.create.is_some() {
        refused_on_create(harness, resource, field, &made, shown)?;
    }
    Ok(())
}

/// Judges that a member that the client cannot write keeps its value, whether a request
/// with another value is refused or accepted.
fn untouched(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
    shown: &Value,
) -> Result<(), CheckError> {
    let ignores = harness
        .api
        .dialect
        .read_only_members
        .is(ReadOnlyMembers::Ignored);
    let times = resource.times.as_ref();
    let moves = times.is_some_and(|times| field.name == times.updated);
    for other in others(resource, field, shown) {
        let body = json!({ &field.name: other });
        for verb in resource.update.iter().flat_map(|update| &update.verbs) {
            let request = harness.change_by(resource, &made.path, *verb, &body);
            let exchange = harness.send(&request)?;
            harness.ensure(exchange.status < 300 || !ignores, || {
                format!(
                    "`{}` is as if it was not sent, got {}",
                    field.name, exchange.status
                )
            })?;
            let now = match resource.get {
                Some(_) => harness.get(resource, &made.path)?,
                None => made.shown.clone(),
            };
            let found = now.get(&field.name).cloned().unwrap_or_default();
            harness.ensure(found == *shown || moves && found != other, || {
                format!("`{}` keeps {shown}, got {found}", field.name)
            })?;
        }
    }
    if field.on_create() || resource.create.is_none() {
        return Ok(());
    }
    for other in others(resource, field, shown) {
        let mut body = harness.small_body(resource, &Map::new());
        body.insert(field.name.clone(), other.clone());
        let create = harness.create(resource, &made.collection);
        let exchange = harness.send(&create.json(&Value::Object(body)))?;
        harness.ensure(exchange.status < 300 || !ignores, || {
            format!(
                "`{}` is as if it was not sent, got {}",
                field.name, exchange.status
            )
        })?;
        let taken = exchange.status < 300 && exchange.json()[&field.name] == other;
        harness.ensure(!taken || other.is_null(), || {
            format!("a create does not set `{}`, got {other}", field.name)
        })?;
    }
    Ok(())
}

fn refused_on_create(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
    shown: Value,
) -> Result<(), CheckError> {
    let value = match field.derive.is_some() {
        true => others(resource, field, &shown).pop().unwrap_or_default(),
        false => shown,
    };
    let mut body = harness.small_body(resource, &Map::new());
    body.insert(field.name.clone(), value);
    let request = harness
        .create(resource, &made.collection)
        .json(&Value::Object(body));
    harness
        .expect_violation(&request, &below("", &field.name), &["read_only"])
        .map(drop)
}

fn is_time(resource: &Resource, field: &Field) -> bool {
    let times = resource.times.as_ref();
    times.is_some_and(|times| field.name == times.created || field.name == times.updated)
}

/// Values other than the shown one.
fn others(resource: &Resource, field: &Field, shown: &Value) -> Vec<Value> {
    if is_time(resource, field) {
        return vec![json!("2999-01-01T00:00:00Z"), json!("x"), Value::Null];
    }
    match shown {
        Value::Array(_) => vec![json!(["x-other"]), Value::Null],
        Value::Object(map) => {
            let mut other = map.clone();
            match other.values_mut().next() {
                Some(value) => *value = json!("x-other"),
                None => drop(other.insert("x-other".to_owned(), json!(1))),
            }
            vec![Value::Object(other)]
        }
        Value::String(text) => vec![json!(format!("{text}-other"))],
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or_default();
            // Far enough away that no new object has it by chance.
            vec![json!(number.checked_add(7_000_001).unwrap_or_default())]
        }
        Value::Bool(flag) => vec![json!(!flag)],
        Value::Null => vec![json!("x-other")],
    }
}
