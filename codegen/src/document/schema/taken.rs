//! Values as bodies may have them: every spelling that the rules of the
//! runtime read, and as little else as a schema can tell.

use fieldproof_spec::model::{Blank, Field, Form, Resource, Role, Split, Type};
use serde_json::{Value, json};

use super::super::answer::reference;
use super::lenient::lenient;
use super::open::{entry, headers, map};
use super::{key, pattern};
use crate::plan::{Plan, is_option, merges};
use crate::rust::{MOST, excusable};

/// What a body is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A new object.
    Create,
    /// A change of one.
    Update,
}

impl Use {
    /// Begins the names of schemas.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
        }
    }
}

/// A member of a body, without `null`.
pub(super) fn member(plan: &Plan<'_>, field: &Field, of: Use) -> Value {
    let mut one = spelled(plan, field, of);
    if let Some(Split { by, into }) = &field.split {
        let least = [0, 1].map(|at| shortest(plan, &field.ty, into.get(at)));
        let text = json!({ "type": "string", "pattern": pattern::split(by, least) });
        one = either(one, text);
    }
    if let Some(inner) = &field.unwrap {
        let object = json!({ "type": "object", "required": [inner], "maxProperties": 1, "properties": { inner: one.clone() } });
        one = either(one, object);
    }
    let blanks = json!({ "type": "string", "pattern": pattern::BLANK });
    let refused = field.blank == Blank::Refused || field.list && field.blank == Blank::Nothing;
    if refused {
        let some = json!({ "type": "string", "pattern": pattern::BLANK, "minLength": 1 });
        one = but(one, some);
    }
    if !field.list {
        let nothing = field.blank == Blank::Nothing && is_option(field);
        return if nothing { either(one, blanks) } else { one };
    }
    let most = field.max_items.unwrap_or(MOST);
    let mut list = json!({ "type": "array", "items": one.clone(), "maxItems": most });
    // Children that are the same in everything are so in what may occur once.
    if let Type::Child(name) = &field.ty
        && is_told_apart(plan.resource(name))
    {
        list["uniqueItems"] = true.into();
    }
    if field.lone {
        list = either(list, one);
    }
    if field.blank == Blank::Nothing {
        list = either(list, blanks);
        list = either(list, json!({ "type": "null" }));
    }
    list
}

/// Whether members that are always there tell the children of a parent apart.
fn is_told_apart(resource: &Resource) -> bool {
    let always = |name: &String| resource.field(name).is_some_and(|field| field.required);
    let mut unique = resource.unique.iter();
    unique.any(|one| one.fields.iter().all(always))
}

/// The fewest characters of a member of a nested object.
fn shortest(plan: &Plan<'_>, object: &Type, name: Option<&String>) -> u32 {
    let Type::Object(object) = object else {
        return 0;
    };
    let fields = plan
        .api
        .object(object)
        .into_iter()
        .flat_map(|one| &one.fields);
    let mut types = fields
        .filter(|one| Some(&one.name) == name)
        .map(|one| &one.ty);
    match types.next() {
        Some(Type::Text { min, .. } | Type::Secret { min, .. }) => *min,
        _ => 0,
    }
}

/// One value in every spelling.
fn spelled(plan: &Plan<'_>, field: &Field, of: Use) -> Value {
    let mut one = match &field.ty {
        // The text that stands in for it may be longer than others.
        Type::Text { .. } if excusable(field) => {
            json!({ "type": "string", "pattern": pattern::TEXT })
        }
        Type::Text { min, max } if field.role == Some(Role::Username) => {
            json!({ "type": "string", "minLength": min, "maxLength": max, "pattern": pattern::USER })
        }
        Type::Object(name) => {
            let of = if merges(field) { of } else { Use::Create };
            reference(&format!("{}{name}", of.prefix()))
        }
        // A change names it by its identifier as well.
        Type::Shared(name) => reference(&format!("{}{name}", of.prefix())),
        Type::Values(values) if field.folded => {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            json!({ "type": "string", "pattern": pattern::folded(&values) })
        }
        Type::Headers => headers(&field.reserved),
        // A change that does not name a row by its key means the one that is there.
        Type::Entry(_) if of == Use::Update => {
            let mut row = value(plan, &field.ty);
            if let Value::Object(schema) = &mut row {
                schema.shift_remove("required");
            }
            row
        }
        ty => value(plan, ty),
    };
    if field.lenient {
        lenient(&mut one, &field.ty);
    }
    match field.reserved.is_empty() || field.ty == Type::Headers {
        true => one,
        false => but(one, json!({ "enum": field.reserved })),
    }
}

/// A value of a type.
pub(super) fn value(plan: &Plan<'_>, ty: &Type) -> Value {
    let text = |min: u32, max: u32| json!({ "type": "string", "minLength": min, "maxLength": max, "pattern": pattern::TEXT });
    let shaped = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match ty {
        Type::Text { min, max } => text(*min, *max),
        Type::Boolean => json!({
            "type": ["boolean", "integer", "string"],
            "enum": [true, false, 1, 0, "true", "false"],
        }),
        Type::DateTime(Form::Local) => shaped(pattern::CIVIL),
        Type::DateTime(_) => {
            json!({ "type": "string", "format": "date-time", "pattern": pattern::MOMENT })
        }
        Type::Email { max } => json!({
            "type": "string",
            "format": "email",
            "maxLength": max,
            "pattern": pattern::EMAIL,
            "allOf": [{ "pattern": pattern::LOCAL }],
        }),
        Type::Color => shaped("^#[0-9A-Fa-f]{6}$"),
        Type::Password { min, max } => {
            let mut text = text(*min, *max);
            text["format"] = "password".into();
            text
        }
        Type::Language => shaped(pattern::LANGUAGE),
        Type::Id | Type::Token | Type::ZonedTime { .. } => text(0, 10_000),
        Type::TimeZone | Type::Preset(_) => shaped(pattern::TEXT),
        Type::Phone => shaped(pattern::DIALLED),
        Type::ExternalId => text(1, 255),
        Type::Key { table, column } => reference(&key::sent(plan, table, column)),
        Type::Choice { by: _, of } => {
            let types: Vec<Value> = of.iter().map(|(_, ty)| value(plan, ty)).collect();
            json!({ "anyOf": types })
        }
        Type::Entry(name) => entry(plan, name),
        Type::Child(name) => reference(&format!("Create{name}")),
        // `true`, which is what is shown of one, keeps the one that is there.
        Type::Secret { min, max } => either(text(*min, *max), json!({ "const": true })),
        Type::Url { max } => {
            json!({ "type": "string", "format": "uri", "maxLength": max, "pattern": pattern::URL })
        }
        Type::Host { max } => {
            json!({ "type": "string", "maxLength": max, "pattern": pattern::HOST })
        }
        Type::SigningKey(_) => text(0, 255),
        Type::Template => either(map(), shaped(pattern::TEXT)),
        Type::Headers => headers(&[]),
        Type::Map => map(),
        other => super::shown::one(other, None),
    }
}

/// One schema or the other.
pub(super) fn either(one: Value, other: Value) -> Value {
    match one {
        Value::Object(mut map) if map.len() == 1 && map.contains_key("anyOf") => {
            if let Some(Value::Array(all)) = map.get_mut("anyOf") {
                all.push(other);
            }
            Value::Object(map)
        }
        one => json!({ "anyOf": [one, other] }),
    }
}

/// A schema without what another one describes.
fn but(mut schema: Value, other: Value) -> Value {
    let refused = json!({ "not": other });
    match schema.get_mut("allOf").and_then(Value::as_array_mut) {
        Some(all) => all.push(refused),
        None => schema["allOf"] = json!([refused]),
    }
    schema
}
