//! Values that an update changes, and those that it leaves alone.

use fieldproof_spec::model::{Api, Field, Type};
use serde_json::{Map, Value};

use super::duty::fields;
use super::{Check, Duty};
use crate::lab::{Lab, Stop};
use crate::model::{Kind, accept, nothing, sent as meant, shown as masked};
use crate::obligation::Severity;

pub(super) static CHECK: Check = Check {
    name: "updated",
    about: "An update that sends the member alone changes it, and by the reference model nothing else: members that \
            are not sent keep their value. `null` clears it where that is documented.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.update.is_some() && field.on_update()
        })
    },
    mutants: |_, duty| duty.broken(&[Kind::UpdateForgets]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    // Every member has a value that a careless update would lose.
    let mut full = Map::new();
    for one in resource
        .fields
        .iter()
        .filter(|one| one.on_create() && !matches!(one.ty, Type::Child(_)) && !fixed(one, field))
    {
        let value = lab.value(resource, one, &full);
        full.insert(one.name.clone(), value);
    }
    if let Some(one) = resource
        .fields
        .iter()
        .find(|one| one.required && fixed(one, field))
    {
        let why = format!(
            "`{}` cannot change with `{}`, which decides its type",
            one.name, field.name
        );
        return Err(Stop::Skip(why));
    }
    let mut own = Map::new();
    own.extend(
        full.get(&field.name)
            .map(|value| (field.name.clone(), value.clone())),
    );
    lab.one_of_each(resource, &mut full, &own);
    let made = lab.make_with(resource, &full)?;
    let (mut before, mut etag) = (made.shown.clone(), made.etag.clone());
    // What is not shown is what was sent last.
    let hidden = |body: &Map<String, Value>| {
        let sent = body.get(&field.name).filter(|_| !field.is_shown())?;
        accept(lab.api, field, sent, body, "", &mut Vec::new())
    };
    before.extend(hidden(&made.sent).map(|value| (field.name.clone(), value)));
    for case in 0..lab.cases().min(4) {
        let mut body = Map::new();
        // A sibling that decides the type is sent along, or the value fits the old one.
        let value = match (case, field.nullable) {
            (3, true) => Value::Null,
            _ => other_value(lab, resource, field, &before),
        };
        let by = dependants(lab, resource, field, &value);
        body.extend(by);
        body.extend(cleared(resource, field, &value));
        body.insert(field.name.clone(), value.clone());
        let mut owner = before.clone();
        owner.extend(body.clone());
        let exchange = lab.expect(
            200,
            &lab.change(resource, &made.path, &Value::Object(body.clone()))?,
        )?;
        // Of what is not shown a change is seen by the ETag alone.
        let tag = exchange.header("etag").unwrap_or_default().to_owned();
        let same = !differs(lab, field, &value, &before);
        let moved = field.is_shown() || value.is_null() || same || tag != etag;
        lab.ensure(moved, || {
            format!("the ETag moves when `{}` changes", field.name)
        })?;
        etag = tag;
        let Value::Object(after) = exchange.json() else {
            return lab.fail("an update answers with the object");
        };
        for one in resource
            .fields
            .iter()
            .filter(|one| one.is_shown() && one.derive.is_none())
        {
            let shown = after.get(&one.name).unwrap_or(&Value::Null);
            let expected = match body.get(&one.name) {
                Some(sent) if meant(one, sent).is_null() => Some(Value::Null),
                Some(sent) => accept(lab.api, one, &meant(one, sent), &owner, "", &mut Vec::new()),
                None if resource
                    .times
                    .as_ref()
                    .is_some_and(|times| times.updated == one.name) =>
                {
                    continue;
                }
                None => before.get(&one.name).cloned(),
            };
            lab.ensure(
                expected
                    .as_ref()
                    .is_some_and(|expected| agrees(lab.api, one, expected, shown)),
                || {
                    let expected = expected.clone().unwrap_or_default();
                    format!(
                        "after a change of `{}`, `{}` is {expected}, got {shown}",
                        field.name, one.name
                    )
                },
            )?;
        }
        if resource.get.is_some() {
            let read = lab.get(resource, &made.path)?;
            lab.ensure(read == after, || {
                "a read shows what the update answered".to_owned()
            })?;
        }
        before = after;
        before.extend(hidden(&body).map(|value| (field.name.clone(), value)));
    }
    Ok(())
}

/// A legal value that differs from the present one, where there is another.
pub(super) fn other_value(
    lab: &Lab<'_>,
    resource: &fieldproof_spec::model::Resource,
    field: &Field,
    before: &Map<String, Value>,
) -> Value {
    let mut value = lab.value(resource, field, before);
    for _ in 0..20 {
        if differs(lab, field, &value, before) {
            break;
        }
        value = lab.value(resource, field, before);
    }
    value
}

/// Whether a value means another one than the member has.
fn differs(lab: &Lab<'_>, field: &Field, value: &Value, before: &Map<String, Value>) -> bool {
    let read = accept(lab.api, field, value, before, "", &mut Vec::new());
    read.as_ref() != before.get(&field.name)
}

/// A legal change of one member, where the resource has such a member.
pub(super) fn one_change(
    lab: &Lab<'_>,
    resource: &fieldproof_spec::model::Resource,
    shown: &Map<String, Value>,
) -> Option<Value> {
    resource.update.as_ref()?;
    let field = super::duty::lone(resource)?;
    let value = other_value(lab, resource, field, shown);
    let mut body = cleared(resource, field, &value);
    body.insert(field.name.clone(), value.clone());
    differs(lab, field, &value, shown).then(|| body.into())
}

/// Whether a member cannot change with the one that decides its type.
fn fixed(one: &Field, field: &Field) -> bool {
    matches!(&one.ty, Type::Choice { by, .. } if *by == field.name) && !one.on_update()
}

/// Members that have to change with this one, because it decides their type.
pub(super) fn dependants(
    lab: &Lab<'_>,
    resource: &fieldproof_spec::model::Resource,
    field: &Field,
    value: &Value,
) -> Map<String, Value> {
    let mut owner = Map::new();
    owner.insert(field.name.clone(), value.clone());
    let mut body = Map::new();
    for one in resource.fields.iter().filter(|one| one.on_update()) {
        if matches!(&one.ty, Type::Choice { by, .. } if *by == field.name) {
            body.insert(one.name.clone(), lab.value(resource, one, &owner));
        }
    }
    body
}

/// Members that have to go when this one gets a value.
pub(super) fn cleared(
    resource: &fieldproof_spec::model::Resource,
    field: &Field,
    value: &Value,
) -> Map<String, Value> {
    let mut body = Map::new();
    for exclusive in &resource.exclusive {
        if exclusive.fields.contains(&field.name) && !Field::is_nothing(value) {
            let others = exclusive.fields.iter().filter(|name| **name != field.name);
            let others = others.filter_map(|name| resource.field(name));
            body.extend(others.map(|other| (other.name.clone(), nothing(other))));
        }
    }
    body
}

/// Whether a value is shown as expected; of children and shared objects, the members that were sent.
pub(super) fn agrees(api: &Api, field: &Field, expected: &Value, shown: &Value) -> bool {
    let expected = &masked(api, &field.ty, expected);
    let members = match &field.ty {
        Type::Child(name) => api.resource(name).map(|child| &child.fields),
        Type::Shared(name) => api.object(name).map(|object| &object.fields),
        _ => None,
    };
    let (Some(members), Value::Array(expected), Value::Array(shown)) = (members, expected, shown)
    else {
        return expected == shown;
    };
    let same = |(expected, shown): (&Value, &Value)| {
        let mut sent = members
            .iter()
            .filter(|field| field.on_create() && field.is_shown());
        sent.all(|field| {
            expected
                .get(&field.name)
                .is_none_or(|value| Some(value) == shown.get(&field.name))
        })
    };
    expected.len() == shown.len() && expected.iter().zip(shown).all(same)
}
