//! Names of types to types.

use super::{Decimal, Form, Role, Type};
use crate::syntax::{Field, FieldType, Limit, Spec};

/// Longest text when a field sets no `max`.
pub const TEXT_MAX: u32 = 10_000;

/// Longest email address when a field sets no `max` (RFC 5321).
const EMAIL_MAX: u32 = 254;

/// Longest address when a field sets no `max`.
const URL_MAX: u32 = 2_000;

/// Longest name of a host (RFC 1035 section 2.3.4), as text.
const HOST_MAX: u32 = 253;

/// Names of the built-in types.
pub const BUILT_IN: &[&str] = &[
    "id",
    "string",
    "boolean",
    "integer",
    "decimal",
    "date-time",
    "email",
    "phone",
    "external-id",
    "name",
    "time-zone",
    "language",
    "color",
    "password",
    "token",
    "secret",
    "url",
    "host",
    "headers",
    "template",
    "map",
];

/// Resolves the type of `field`; the message says what is wrong with it.
///
/// # Errors
/// A name that is neither built in nor defined by the spec.
pub fn field_type(spec: &Spec, field: &Field) -> Result<Type, String> {
    match &field.ty {
        FieldType::Name(name) => named(spec, name, Some(field)),
        FieldType::List(names) => match names.as_slice() {
            [name] => named(spec, name, Some(field)),
            _ => Err("a list names exactly one type".to_owned()),
        },
        FieldType::Choice(choice) => {
            let of: Result<Vec<_>, String> = choice
                .of
                .iter()
                .map(|(value, name)| Ok((value.clone(), named(spec, name, None)?)))
                .collect();
            Ok(Type::Choice {
                by: choice.by.clone(),
                of: of?,
            })
        }
    }
}

fn named(spec: &Spec, name: &str, field: Option<&Field>) -> Result<Type, String> {
    // A bound that does not fit its type is a finding; here it does not count.
    let (min, max) = field.map_or((None, None), |field| {
        (field.min.as_ref(), field.max.as_ref())
    });
    let bound =
        |value: Option<&Limit>, default: i64| value.and_then(Limit::whole).unwrap_or(default);
    let decimal = |value: Option<&Limit>, default: Decimal| {
        let read = value.and_then(|value| Decimal::read(value.number()));
        read.unwrap_or(default)
    };
    let length = |value: Option<&Limit>, default: u32| {
        let whole = value.and_then(Limit::whole);
        whole
            .and_then(|value| u32::try_from(value).ok())
            .unwrap_or(default)
    };
    Ok(match name {
        "id" => Type::Id,
        "string" => match field {
            Some(field) if !field.values.is_empty() => Type::Values(field.values.clone()),
            Some(field) if field.role == Some(Role::Keys) => Type::SigningKey(Vec::new()),
            _ => Type::Text {
                min: length(min, 0),
                max: length(max, TEXT_MAX),
            },
        },
        "boolean" => Type::Boolean,
        "integer" => Type::Integer {
            min: bound(min, i64::MIN),
            max: bound(max, i64::MAX),
        },
        "decimal" => Type::Decimal {
            min: decimal(min, Decimal::from_parts(-Decimal::MOST.parts())),
            max: decimal(max, Decimal::MOST),
        },
        "date-time" => {
            let form: Option<Form> = field.and_then(|field| field.form);
            Type::DateTime(form.unwrap_or(spec.date_time))
        }
        "email" => Type::Email {
            max: length(max, EMAIL_MAX),
        },
        "time-zone" => Type::TimeZone,
        "language" => Type::Language,
        "color" => Type::Color,
        "password" => Type::Password {
            min: length(min, 1),
            max: length(max, TEXT_MAX),
        },
        "token" => Type::Token,
        "secret" => Type::Secret {
            min: length(min, 1),
            max: length(max, TEXT_MAX),
        },
        "url" => Type::Url {
            max: length(max, URL_MAX),
        },
        "host" => Type::Host {
            max: length(max, HOST_MAX).min(HOST_MAX),
        },
        "headers" => Type::Headers,
        "template" => Type::Template,
        "phone" => Type::Phone,
        "external-id" => Type::ExternalId,
        "name" => Type::Name,
        "map" => Type::Map,
        _ => return defined(spec, name),
    })
}

fn defined(spec: &Spec, name: &str) -> Result<Type, String> {
    if let Some((table, column)) = name.split_once('.') {
        let Some(found) = spec.tables.get(table) else {
            return Err(format!("no table is called `{table}`"));
        };
        if !found.fields.contains_key(column) {
            return Err(format!("the table `{table}` has no column `{column}`"));
        }
        if found.path.is_some() {
            return Err(format!(
                "the deployment brings the rows of `{table}`: a field of it is of type `{table}`"
            ));
        }
        return Ok(Type::Key {
            table: table.to_owned(),
            column: column.to_owned(),
        });
    }
    let presets = spec.presets.as_ref();
    if presets.is_some_and(|presets| presets.lists.contains_key(name)) {
        Ok(Type::Preset(name.to_owned()))
    } else if let Some(zoned) = spec
        .objects
        .get(name)
        .and_then(|object| object.zoned.as_ref())
    {
        Ok(Type::ZonedTime {
            object: name.to_owned(),
            time: zoned.time.clone(),
            zone: zoned.zone.clone(),
        })
    } else if spec
        .objects
        .get(name)
        .is_some_and(|object| object.shared.is_some())
    {
        Ok(Type::Shared(name.to_owned()))
    } else if spec.objects.contains_key(name) {
        Ok(Type::Object(name.to_owned()))
    } else if spec.resources.contains_key(name) {
        Ok(Type::Child(name.to_owned()))
    } else if spec.tables.contains_key(name) {
        Ok(
            match spec
                .tables
                .get(name)
                .is_some_and(|table| table.path.is_some())
            {
                true => Type::Entry(name.to_owned()),
                false => Type::TableRow(name.to_owned()),
            },
        )
    } else {
        Err(format!("no type is called `{name}`"))
    }
}

/// Every name that can stand as a type in `spec`.
pub fn names(spec: &Spec) -> impl Iterator<Item = &str> {
    let defined = spec
        .objects
        .keys()
        .chain(spec.resources.keys())
        .chain(spec.tables.keys())
        .chain(spec.presets.iter().flat_map(|presets| presets.lists.keys()));
    BUILT_IN.iter().copied().chain(defined.map(String::as_str))
}
