//! The rule of an obligation in words, with the bounds that the spec documents.

use fieldproof_spec::model::{Api, Field, Filter, Mode, Type};
use serde::Serialize;
use serde_json::Value;

use crate::duty::Subject;
use crate::obligation::Obligation;

/// Most texts of a closed list that are named.
const NAMED: usize = 12;

/// What the row of an obligation says; where it is no member and no filter, what
/// is owed.
pub(super) fn rule(api: &Api, obligation: &Obligation) -> String {
    let resource = api.resource(&obligation.resource);
    let filter_of = |name: &String| {
        let list = resource?.list.as_ref()?;
        list.filters.iter().find(|one| one.names.contains(name))
    };
    let said = match &obligation.subject {
        Subject::Field(name) => resource.and_then(|one| one.field(name)).map(member),
        Subject::Member { owner, name } => api.object(owner).and_then(|object| {
            let mut fields = object.fields.iter();
            fields.find(|field| field.name == *name).map(member)
        }),
        Subject::Filter(name) => filter_of(name).map(filtered),
        Subject::Whole
        | Subject::Operation(_)
        | Subject::SortKey(_)
        | Subject::Interval { .. }
        | Subject::Table(_)
        | Subject::Exclusive(_)
        | Subject::Unique(_)
        | Subject::Example(_)
        | Subject::Command(_) => None,
    };
    said.unwrap_or_else(|| obligation.title.clone())
}

/// The row of a member.
fn member(field: &Field) -> String {
    let one = kind(&field.ty);
    let mut parts = vec![match (field.list, field.max_items) {
        (true, Some(most)) => format!("a list of at most {most}, each {one}"),
        (true, None) => format!("a list, each {one}"),
        (false, _) => one,
    }];
    if field.mode != Mode::ReadWrite {
        parts.push(word(&field.mode));
    }
    if field.required {
        parts.push("required".to_owned());
    }
    parts.push(
        if field.nullable {
            "nullable"
        } else {
            "never null"
        }
        .to_owned(),
    );
    if let Some(default) = &field.default {
        parts.push(format!("default {default}"));
    }
    if let Some(within) = &field.unique {
        parts.push(format!("unique in its {}", word(within)));
    }
    format!("`{}` is {}", field.name, parts.join(", "))
}

/// The row of a filter.
fn filtered(filter: &Filter) -> String {
    format!(
        "`{}` selects by `{}` on `{}`",
        filter.names[0],
        word(&filter.op),
        filter.field
    )
}

/// A type with its bounds.
fn kind(ty: &Type) -> String {
    let one_of = |values: &[String]| match values.len() {
        count if count > NAMED => format!("one of {count} texts"),
        _ => format!("one of `{}`", values.join("`, `")),
    };
    match ty {
        Type::Id => "an identifier".to_owned(),
        Type::Text { min, max } => format!("text of {}", length(*min, *max)),
        Type::Password { min, max } => format!("a password of {}", length(*min, *max)),
        Type::Secret { min, max } => format!("a secret of {}", length(*min, *max)),
        Type::Values(values) => one_of(values),
        Type::Preset(list) => format!("one of the texts of `{list}`"),
        Type::Boolean => "true or false".to_owned(),
        Type::Integer { min, max } => format!("an integer from {min} to {max}"),
        Type::Decimal { min, max } => format!("a decimal from {min} to {max}"),
        Type::DateTime(form) => format!("a date-time as `{}`", word(form)),
        Type::Email { max } => format!("an email address of at most {max} characters"),
        Type::TimeZone => "a time zone of the IANA database".to_owned(),
        Type::ZonedTime { .. } => "a local date and time beside its zone".to_owned(),
        Type::Language => "a language tag".to_owned(),
        Type::Color => "a colour".to_owned(),
        Type::Token => "a token that the server makes".to_owned(),
        Type::Url { max } => format!("an http or https address of at most {max} characters"),
        Type::Host { max } => format!("the name of a host of at most {max} characters"),
        Type::SigningKey(_) => "the identifier of a key that signs".to_owned(),
        Type::Headers => "header fields by name".to_owned(),
        Type::Template => "a template".to_owned(),
        Type::Entry(table) => format!("a row of `{table}`"),
        Type::Phone => "a telephone number".to_owned(),
        Type::Name => "a name of letters, digits, `.`, `_` and `-`".to_owned(),
        Type::ExternalId => "opaque text of 1 to 255 characters".to_owned(),
        Type::Key { table, column } => format!("a key of `{table}.{column}`"),
        Type::TableRow(table) => format!("a row of `{table}`"),
        Type::Object(name) | Type::Shared(name) | Type::Child(name) => format!("a `{name}`"),
        Type::Map => "an object".to_owned(),
        Type::Choice { by, of } => {
            let of: Vec<String> = of
                .iter()
                .map(|(value, ty)| format!("{} with `{value}`", kind(ty)))
                .collect();
            format!("what `{by}` says: {}", of.join(", "))
        }
    }
}

/// So many characters.
fn length(min: u32, max: u32) -> String {
    match min {
        0 => format!("at most {max} characters"),
        min => format!("{min} to {max} characters"),
    }
}

/// A key of the spec language as specs write it.
fn word(key: &impl Serialize) -> String {
    match serde_json::to_value(key) {
        Ok(Value::String(text)) => text,
        other => other.unwrap_or_default().to_string(),
    }
}
