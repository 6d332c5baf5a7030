//! default outside the type.

use super::{Context, Lint};
use crate::diagnostic::Code;

/// default outside the type.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP305",
        "default outside the type",
        "The default of a field is not a value of its type. It would be stored by every create that leaves the field out, and refused when a client sent it back.",
    ),
    run,
};

use crate::model::{Type, field_type};
use crate::syntax::FieldType;
use serde_json::Value;

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        let Some(default) = &place.field.default else {
            continue;
        };
        let Ok(ty) = field_type(context.spec, place.field) else {
            continue;
        };
        let fits = match (&place.field.ty, default) {
            (_, Value::Null) => place.field.nullable,
            (FieldType::List(_), Value::Array(items)) => items.iter().all(|item| fits(&ty, item)),
            (FieldType::List(_), _) => false,
            (_, value) => fits(&ty, value),
        };
        if !fits {
            let message = format!("the default is not a value of `{}`", place.name);
            lint.report(context, &place.path("default"), message);
        }
    }
}

fn fits(ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::Boolean, Value::Bool(_)) | (Type::Map | Type::Object(_), Value::Object(_)) => true,
        (Type::Integer { min, max }, Value::Number(n)) => {
            n.as_i64().is_some_and(|n| (*min..=*max).contains(&n))
        }
        (Type::Decimal { .. }, Value::Number(_)) => true,
        (Type::Text { min, max }, Value::String(text)) => {
            (*min as usize..=*max as usize).contains(&text.chars().count())
        }
        (Type::Values(values), Value::String(text)) => values.contains(text),
        // What a deployment's list holds is not known here.
        (Type::Preset(_), Value::String(_)) => true,
        (
            Type::Name
            | Type::Email { .. }
            | Type::TimeZone
            | Type::Language
            | Type::Color
            | Type::Phone
            | Type::ExternalId
            | Type::Key { .. }
            | Type::DateTime(_),
            Value::String(_),
        ) => true,
        _ => false,
    }
}
