//! Unique values.

use fieldproof_spec::model::{Api, Field, Resource, Scope};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request, Role};
use crate::kind::kind;
use crate::model::{accept, path};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{duplicates, unchanged};

pub(crate) static CHECK: Check = Check {
    name: "unique",
    about: "A value that another object of the tenant has is refused with 409 by creates and updates, whatever the \
            case of a UUID, and with 422 twice in one body; `null` may occur many times, and another tenant or an \
            object of another type may have the value.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.unique.is_some()
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let (resource, field) = (subject.resource(api), subject.field(api));
    let parent = resource.parent.as_ref();
    let above = parent.and_then(|one| api.resource(&one.resource)?.field(&field.name));
    subject.mutations_where(&[
        (true, Operator::UniqueIgnored),
        (
            kind(&field.ty).cased(0).is_some(),
            Operator::ExternalLowered,
        ),
        (
            parent.is_some_and(|one| one.embed.is_some()),
            Operator::TwinsTaken,
        ),
        (
            above.is_some_and(|one| one.ty == field.ty),
            Operator::UniqueAcross,
        ),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let above = harness.make_above(resource)?;
    let with = |value: &Value| {
        let mut with = Map::new();
        with.insert(field.name.clone(), value.clone());
        harness.small_body(resource, &with)
    };
    let value = harness.fresh_for(field, &Map::new());
    let first = harness.make_below(resource, &above, with(&value))?;
    let create = |value: &Value| {
        harness
            .create(resource, &first.collection)
            .json(&Value::Object(with(value)))
    };
    let name = field.name.as_str();
    harness.refused_conflict(&create(&value), &[name])?;
    once(harness, resource, field, &first, &value)?;
    elsewhere(harness, resource, field, &above, &with(&value))?;
    let second = harness.make_below(
        resource,
        &above,
        with(&harness.fresh_for(field, &Map::new())),
    )?;
    if resource.update.is_some() && field.on_update() {
        let change = harness.change(resource, &second.path, &json!({ name: value }))?;
        harness.refused_conflict(&change, &[name])?;
        unchanged(harness, resource, &second)?;
        harness.expect(
            200,
            &harness.change(resource, &first.path, &json!({ &field.name: value }))?,
        )?;
    }
    if field.nullable {
        harness.make_below(resource, &above, with(&Value::Null))?;
        harness.make_below(resource, &above, with(&Value::Null))?;
    }
    let kind = kind(&field.ty);
    if let Some(twin) = value.as_str().and_then(|text| kind.twin(text)) {
        harness.refused_conflict(&create(&json!(twin)), &[name])?;
    }
    let pair = [&harness.fresh_for(field, &Map::new()); 2].map(|value| Value::Object(with(value)));
    let names = std::slice::from_ref(&field.name);
    duplicates(harness, resource, [&pair[0], &pair[1]], names)?;
    if let Some(cased) = kind.cased(harness.nonce()) {
        let made = harness.make_below(resource, &above, with(&json!(cased)))?;
        let same = made.shown.get(&field.name) == Some(&json!(cased));
        harness.ensure(same || !field.is_shown(), || {
            format!("`{}` is shown as it was sent", field.name)
        })?;
        harness.refused_conflict(&create(&json!(cased.to_uppercase())), &[name])?;
        across(harness, resource, field)?;
    }
    freed(harness, resource, &second, field)?;
    if resource.parent.is_none() && field.unique == Some(Scope::Tenant) {
        let request = create(&value).by(Role::OtherTenant);
        let exchange = match harness.send(&request) {
            Err(CheckError::Skip(_)) => return Ok(()),
            other => other?,
        };
        harness.ensure((200..300).contains(&exchange.status), || {
            "another tenant may have the value".to_owned()
        })?;
        if let Some(id) = resource.id_of(&exchange.json()) {
            harness.send(&Request::new("DELETE", &path(resource, &[id])).by(Role::OtherTenant))?;
        }
    }
    Ok(())
}

/// Judges that nothing of a refused create is stored.
fn once(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    first: &Fixture,
    value: &Value,
) -> Result<(), CheckError> {
    if resource.list.is_none() || !field.is_shown() {
        return Ok(());
    }
    let shown = first.shown.get(&field.name).unwrap_or(value);
    let items = harness.all(resource, &first.collection, "")?;
    let count = items
        .iter()
        .filter(|item| item.get(&field.name) == Some(shown))
        .count();
    harness.ensure(count == 1, || {
        format!("one object of the list has {shown}, got {count}")
    })
}

/// Judges that a value that is unique in the tenant is also refused below another parent.
fn elsewhere(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    above: &[String],
    body: &Map<String, Value>,
) -> Result<(), CheckError> {
    if resource.parent.is_none() {
        return Ok(());
    }
    let other = match harness.other_above(resource, above) {
        Err(CheckError::Skip(_)) => return Ok(()),
        other => other?,
    };
    let collection = crate::harness::collection(resource, &other);
    let body = Value::Object(body.clone());
    let request = harness.create(resource, &collection).json(&body);
    match field.unique {
        Some(Scope::Tenant) => harness.refused_conflict(&request, &[&field.name]),
        Some(Scope::Parent) | None => {
            let exchange = harness.send(&request)?;
            harness.ensure(exchange.status < 300, || {
                "below another parent the value is free".to_owned()
            })
        }
    }
}

/// Judges that the value of a removed object is free, and that another case of it is
/// another value.
fn freed(
    harness: &Harness<'_>,
    resource: &Resource,
    second: &Fixture,
    field: &Field,
) -> Result<(), CheckError> {
    let Some(value) = second.sent.get(&field.name) else {
        return Ok(());
    };
    let above = &second.ids[..second.ids.len() - 1];
    let with = |value: Value| -> Map<String, Value> {
        let with = [(field.name.clone(), value)].into_iter().collect();
        harness.small_body(resource, &with)
    };
    if let (true, Some(text)) = (kind(&field.ty).free().is_some(), value.as_str()) {
        let other = match text.to_uppercase() == text {
            true => text.to_lowercase(),
            false => text.to_uppercase(),
        };
        let legal = accept(
            harness.api,
            field,
            &json!(other),
            &Map::new(),
            "",
            &mut Vec::new(),
        );
        if other != text && other.to_lowercase() == text.to_lowercase() && legal.is_some() {
            harness.make_below(resource, above, with(json!(other)))?;
        }
    }
    if resource.delete.is_none() {
        return Ok(());
    }
    harness.send(&Request::new("DELETE", &second.path))?;
    harness
        .make_below(resource, above, with(value.clone()))
        .map(drop)
}

/// Judges that an object and its parent may have the same value.
fn across(harness: &Harness<'_>, resource: &Resource, field: &Field) -> Result<(), CheckError> {
    let above = resource.parent.as_ref();
    let Some(above) = above.and_then(|one| harness.api.resource(&one.resource)) else {
        return Ok(());
    };
    let same = above
        .field(&field.name)
        .filter(|one| one.ty == field.ty && one.on_create());
    if same.is_none() {
        return Ok(());
    }
    let with = [(field.name.clone(), harness.fresh_for(field, &Map::new()))];
    let with = with.into_iter().collect();
    let parent = harness.make_with(above, &with)?;
    let collection = crate::harness::collection(resource, &parent.ids);
    let body = Value::Object(harness.small_body(resource, &with));
    let exchange = harness.send(&harness.create(resource, &collection).json(&body))?;
    harness.ensure((200..300).contains(&exchange.status), || {
        "an object of another type may have the value".to_owned()
    })
}
