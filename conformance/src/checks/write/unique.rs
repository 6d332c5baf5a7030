//! Values that may occur only once.

use fieldproof_spec::model::{Api, Field, Resource, Scope};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::duty::{Duty, fields};
use crate::kind::kind;
use crate::lab::{Ask, Lab, Role, Stop};
use crate::model::{below, path};
use crate::mutant::{Kind, Mutation};
use crate::obligation::Severity;
use crate::support::{twins, unchanged};

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

/// Ways to break the promise.
fn mutants(api: &Api, duty: &Duty) -> Vec<Mutation> {
    let (resource, field) = (duty.resource(api), duty.field(api));
    let parent = resource.parent.as_ref();
    let above = parent.and_then(|one| api.resource(&one.resource)?.field(&field.name));
    duty.broken_where(&[
        (true, Kind::UniqueIgnored),
        (kind(&field.ty).cased(0).is_some(), Kind::ExternalLowered),
        (
            parent.is_some_and(|one| one.embed.is_some()),
            Kind::TwinsTaken,
        ),
        (
            above.is_some_and(|one| one.ty == field.ty),
            Kind::UniqueAcross,
        ),
    ])
}

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let above = lab.make_above(resource)?;
    let with = |value: &Value| {
        let mut with = Map::new();
        with.insert(field.name.clone(), value.clone());
        lab.small_body(resource, &with)
    };
    let value = lab.fresh_for(field, &Map::new());
    let first = lab.make_below(resource, &above, with(&value))?;
    let create = |value: &Value| {
        lab.create(resource, &first.collection)
            .json(&Value::Object(with(value)))
    };
    let exchange = lab.expect(409, &create(&value))?;
    let errors = exchange.json()["errors"].clone();
    let pointer = below("", &field.name);
    let named = errors.as_array().is_some_and(|errors| {
        errors
            .iter()
            .any(|error| error["pointer"] == pointer.as_str())
    });
    lab.ensure(named, || {
        format!("the conflict is named at `{pointer}`, got {errors}")
    })?;
    let second = lab.make_below(resource, &above, with(&lab.fresh_for(field, &Map::new())))?;
    if resource.update.is_some() && field.on_update() {
        lab.expect(
            409,
            &lab.change(resource, &second.path, &json!({ &field.name: value }))?,
        )?;
        unchanged(lab, resource, &second)?;
        lab.expect(
            200,
            &lab.change(resource, &first.path, &json!({ &field.name: value }))?,
        )?;
    }
    if field.nullable {
        lab.make_below(resource, &above, with(&Value::Null))?;
        lab.make_below(resource, &above, with(&Value::Null))?;
    }
    let kind = kind(&field.ty);
    if let Some(twin) = value.as_str().and_then(|text| kind.twin(text)) {
        lab.expect(409, &create(&json!(twin)))?;
    }
    let pair = [&lab.fresh_for(field, &Map::new()); 2].map(|value| Value::Object(with(value)));
    let name = std::slice::from_ref(&field.name);
    twins(lab, resource, [&pair[0], &pair[1]], name)?;
    if let Some(cased) = kind.cased(lab.nonce()) {
        let made = lab.make_below(resource, &above, with(&json!(cased)))?;
        let same = made.shown.get(&field.name) == Some(&json!(cased));
        lab.ensure(same || !field.is_shown(), || {
            format!("`{}` is shown as it was sent", field.name)
        })?;
        lab.expect(409, &create(&json!(cased.to_uppercase())))?;
        across(lab, resource, field)?;
    }
    if resource.parent.is_none() && field.unique == Some(Scope::Tenant) {
        let ask = create(&value).by(Role::OtherTenant);
        let exchange = match lab.send(&ask) {
            Err(Stop::Skip(_)) => return Ok(()),
            other => other?,
        };
        lab.ensure((200..300).contains(&exchange.status), || {
            "another tenant may have the value".to_owned()
        })?;
        if let Some(id) = resource.id_of(&exchange.json()) {
            lab.send(&Ask::new("DELETE", &path(resource, &[id])).by(Role::OtherTenant))?;
        }
    }
    Ok(())
}

/// An object above of another type may have the value as well.
fn across(lab: &Lab<'_>, resource: &Resource, field: &Field) -> Result<(), Stop> {
    let above = resource.parent.as_ref();
    let Some(above) = above.and_then(|one| lab.api.resource(&one.resource)) else {
        return Ok(());
    };
    let same = above
        .field(&field.name)
        .filter(|one| one.ty == field.ty && one.on_create());
    if same.is_none() {
        return Ok(());
    }
    let with = [(field.name.clone(), lab.fresh_for(field, &Map::new()))];
    let with = with.into_iter().collect();
    let parent = lab.make_with(above, &with)?;
    let collection = crate::lab::collection(resource, &parent.ids);
    let body = Value::Object(lab.small_body(resource, &with));
    let exchange = lab.send(&lab.create(resource, &collection).json(&body))?;
    lab.ensure((200..300).contains(&exchange.status), || {
        "an object of another type may have the value".to_owned()
    })
}
