//! Values as answers have them: one exact form.

use fieldproof_spec::model::{Field, Form, IdKind, Type};
use serde_json::{Value, json};

use super::super::answer::reference;
use super::pattern;

/// A member of an answer; `id` is the kind of the object's own identifier.
pub(super) fn member(field: &Field, id: Option<IdKind>) -> Value {
    let one = one(&field.ty, id);
    match (field.list, field.max_items) {
        (true, Some(most)) => json!({ "type": "array", "items": one, "maxItems": most }),
        (true, None) => json!({ "type": "array", "items": one }),
        (false, _) => one,
    }
}

/// A value of a type.
pub(super) fn one(ty: &Type, id: Option<IdKind>) -> Value {
    match ty {
        Type::Id => match id {
            Some(IdKind::Hex24) => json!({ "type": "string", "pattern": "^[0-9a-f]{24}$" }),
            Some(IdKind::Increasing) => json!({ "type": "string", "pattern": "^[1-9][0-9]*$" }),
            Some(IdKind::Digits) => json!({ "type": "string", "pattern": "^[0-9]+$" }),
            None => json!({ "type": "string" }),
        },
        Type::Text { min, max } => json!({ "type": "string", "minLength": min, "maxLength": max }),
        Type::Values(values) => json!({ "type": "string", "enum": values }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Integer { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Type::Decimal { min, max } => {
            json!({ "type": "number", "minimum": min.to_json(), "maximum": max.to_json(), "multipleOf": 0.0001 })
        }
        Type::DateTime(Form::Local) => {
            json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$" })
        }
        Type::DateTime(_) => json!({ "type": "string", "format": "date-time" }),
        Type::Email { max } => json!({ "type": "string", "format": "email", "maxLength": max }),
        Type::Color => json!({ "type": "string", "pattern": "^#[0-9a-f]{6}$" }),
        Type::Password { min, max } => {
            json!({ "type": "string", "format": "password", "minLength": min, "maxLength": max })
        }
        Type::TimeZone | Type::Language | Type::Token | Type::Preset(_) => {
            json!({ "type": "string" })
        }
        Type::Phone => json!({ "type": "string", "pattern": pattern::PHONE }),
        Type::Name => json!({ "type": "string", "pattern": pattern::NAME, "maxLength": 255 }),
        Type::ExternalId => json!({ "type": "string", "minLength": 1, "maxLength": 255 }),
        Type::Key { table, column } => reference(&format!("{table}/properties/{column}")),
        // Which of them, its sibling says.
        Type::Choice { of, .. } => {
            let types: Vec<Value> = of.iter().map(|(_, ty)| one(ty, id)).collect();
            json!({ "anyOf": types })
        }
        Type::ZonedTime { object: name, .. }
        | Type::TableRow(name)
        | Type::Entry(name)
        | Type::Object(name)
        | Type::Child(name)
        | Type::Shared(name) => reference(name),
        // What is shown of one is whether there is one.
        Type::Secret { .. } => json!({ "type": "boolean" }),
        Type::Url { max } => json!({ "type": "string", "format": "uri", "maxLength": max }),
        Type::Host { max } => {
            json!({ "type": "string", "maxLength": max, "pattern": pattern::LOWER_HOST })
        }
        Type::SigningKey(_) => json!({ "type": "string", "maxLength": 255 }),
        Type::Template => json!({ "type": ["object", "string"] }),
        Type::Headers => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Type::Map => json!({ "type": "object" }),
    }
}
