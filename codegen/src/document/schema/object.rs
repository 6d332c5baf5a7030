//! Objects in responses and in the bodies of creates and updates.

use fieldproof_spec::model::{Append, Field, IdKind, Object, Resource};
use serde_json::{Map, Value, json};

use super::choice::{choices, undecided};
use super::member::describe;
use super::{request_schema, response_schema};
use crate::ir::is_option;
use crate::kind::{Body, kind};
use crate::plan::Plan;
use crate::shape::{TEXT, nullable, shaped};

/// A resource in responses.
pub(super) fn resource(resource: &Resource) -> Value {
    let shown: Vec<&Field> = resource
        .fields
        .iter()
        .filter(|one| one.is_shown())
        .collect();
    let everybody = shown
        .iter()
        .filter(|field| field.is_plain() && !field.may_lack);
    let names = everybody.map(|field| field.name.clone()).collect();
    answered(
        &shown,
        Some(resource.id_kind),
        names,
        resource.about.as_ref(),
    )
}

/// A nested object in responses.
pub(super) fn shown(object: &Object) -> Value {
    let shown: Vec<&Field> = object.fields.iter().collect();
    let required = shown.iter().filter(|field| field.required);
    let names = required.map(|field| field.name.clone()).collect();
    answered(&shown, None, names, object.about.as_ref())
}

fn answered(
    fields: &[&Field],
    id: Option<IdKind>,
    required: Vec<String>,
    about: Option<&String>,
) -> Value {
    let property = |field: &&Field| {
        let mut schema = match undecided(fields, field) {
            true => json!({ "type": "string" }),
            false => response_schema::member(field, id),
        };
        if is_option(field) {
            schema = nullable(schema);
        }
        describe(&mut schema, field);
        (field.name.clone(), schema)
    };
    let kinds = choices(
        fields,
        |value| json!({ "const": value }),
        |kind| kind.response_schema(id),
        |_, _| true,
    );
    object(
        fields.iter().map(property).collect(),
        required,
        kinds,
        about,
    )
}

/// The body of a create.
pub(super) fn created(plan: &Plan<'_>, resource: &Resource) -> Value {
    let takes = |field: &Field| field.on_create();
    let mut schema = written(
        plan,
        &resource.fields,
        takes,
        Body::Create,
        false,
        resource.about.as_ref(),
    );
    // Members that the server sets are refused, except computed ones, which may be sent with
    // the value they will have.
    let kept = resource.fields.iter();
    let kept = kept.filter(|field| !field.on_create() && field.derive.is_none());
    refuse(&mut schema, kept.map(|field| &field.name).collect());
    schema
}

/// The body of an update. Server-set members may be sent back unchanged, which a schema cannot
/// express; `resets` says whether `null` sets members to their defaults.
pub(super) fn changed(
    plan: &Plan<'_>,
    resource: &Resource,
    takes: impl Fn(&Field) -> bool,
    resets: bool,
) -> Value {
    written(
        plan,
        &resource.fields,
        takes,
        Body::Update,
        resets,
        resource.about.as_ref(),
    )
}

/// The body of an append.
pub(super) fn appended(plan: &Plan<'_>, resource: &Resource, append: &Append) -> Value {
    let takes = |field: &Field| append.fields.contains(&field.name);
    let mut schema = changed(plan, resource, takes, false);
    let others = resource.fields.iter().filter(|field| !takes(field));
    refuse(&mut schema, others.map(|field| &field.name).collect());
    schema
}

/// A nested object in bodies.
pub(super) fn requested(plan: &Plan<'_>, object: &Object, of: Body) -> Value {
    let about = object.about.as_ref();
    let Some(shared) = &object.shared else {
        let resets = of == Body::Update;
        return written(plan, &object.fields, |_| true, of, resets, about);
    };
    // A shared object is referred to by its key and, in an update, also by its identifier; none
    // of its other members is required.
    let others = |field: &Field| field.name != shared.id;
    let mut schema = written(plan, &object.fields, others, Body::Update, false, about);
    match of {
        Body::Create => {
            schema["required"] = json!([shared.key]);
            refuse(&mut schema, vec![&shared.id]);
        }
        Body::Update => {
            schema["properties"][&shared.id] = shaped(TEXT);
            schema["anyOf"] = json!([{ "required": [shared.id] }, { "required": [shared.key] }]);
        }
    }
    schema
}

/// An object in bodies; `resets` says whether `null` may stand for a default.
fn written(
    plan: &Plan<'_>,
    fields: &[Field],
    takes: impl Fn(&Field) -> bool,
    of: Body,
    resets: bool,
    about: Option<&String>,
) -> Value {
    let taken: Vec<&Field> = fields.iter().filter(|field| takes(field)).collect();
    let property = |field: &&Field| {
        let mut schema = match undecided(&taken, field) {
            true => json!({ "type": "string", "maxLength": 10_000, "pattern": TEXT }),
            false => request_schema::member(plan, field, of),
        };
        // `null` sets a member that cannot be `null` to its default.
        let default = resets && !field.required && !field.initial().is_null();
        if is_option(field) || default {
            schema = nullable(schema);
            schema = kind(&field.ty).or_nothing(schema);
        }
        describe(&mut schema, field);
        (field.name.clone(), schema)
    };
    let required =
        |field: &&&Field| of == Body::Create && field.required && field.fallback.is_empty();
    let required = taken.iter().filter(required);
    let required = required.map(|field| field.name.clone()).collect();
    let named = |value: &str| json!({ "enum": [value] });
    // In a create, the default of the sibling selects the type if the sibling is not sent.
    let sent = |sibling: &Field, value: &str| {
        let default = sibling.default.as_ref().and_then(Value::as_str);
        of == Body::Update || default != Some(value)
    };
    let mut rules = choices(&taken, named, |kind| kind.request_schema(plan), sent);
    let mut properties: Map<String, Value> = taken.iter().map(property).collect();
    for field in &taken {
        for other in &field.also {
            properties.insert(other.clone(), properties[&field.name].clone());
            rules.push(json!({ "not": { "required": [field.name, other] } }));
        }
    }
    object(properties, required, rules, about)
}

fn object(
    properties: Map<String, Value>,
    required: Vec<String>,
    kinds: Vec<Value>,
    about: Option<&String>,
) -> Value {
    let mut schema = json!({ "type": "object", "description": about, "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if !kinds.is_empty() {
        schema["allOf"] = kinds.into();
    }
    schema
}

/// Refuses members with these names.
fn refuse(schema: &mut Value, names: Vec<&String>) {
    if !names.is_empty() {
        schema["propertyNames"] = json!({ "not": { "enum": names } });
    }
}
