//! Field types: everything that the generator knows about each, one file per type.
//!
//! [`Kind`] is the interface of a type, and [`kind`] returns it. A new type is a file here and
//! a line in [`kind`]; nothing else in the generator distinguishes types, and nothing at all
//! distinguishes notations.

mod body;
mod boolean;
mod child;
mod choice;
mod contract;
mod date;
mod date_time;
mod decimal;
mod email;
mod entry;
mod external_id;
mod headers;
mod host;
mod id;
mod integer;
mod json;
mod key;
mod map;
mod matching;
mod notation;
mod number;
mod object;
mod password;
mod phone;
mod plain;
mod preset;
mod rule;
mod secret;
mod shared;
mod signing_key;
mod stored;
mod table_row;
mod template;
mod text;
mod token;
mod url;
mod values;
mod zoned_time;

use fieldproof_spec::kind::is_mixed;
use fieldproof_spec::model::Type;

pub(crate) use body::Body;
pub(crate) use contract::{At, Choice, Kind, Origin};
pub(crate) use key::{keys, numbered};
pub(crate) use stored::{ColumnKind, Reading, id_kind, notation};

/// Returns the generator's implementation of `ty`.
pub(crate) fn kind<'a>(ty: &'a Type) -> Box<dyn Kind<'a> + 'a> {
    match ty {
        Type::Notation(notation) => Box::new(*notation),
        Type::Id => Box::new(id::Id),
        Type::Text { min, max } => Box::new(text::Text {
            min: *min,
            max: *max,
        }),
        Type::Matching { min, max, pattern } => Box::new(matching::Matching {
            min: *min,
            max: *max,
            pattern,
        }),
        Type::Values(texts) => Box::new(values::Values(texts)),
        Type::Preset(list) => Box::new(preset::Preset(list)),
        Type::Boolean => Box::new(boolean::Boolean),
        Type::Integer { min, max } => Box::new(integer::Integer {
            min: *min,
            max: *max,
        }),
        Type::Decimal { min, max } => Box::new(decimal::Decimal {
            min: *min,
            max: *max,
        }),
        Type::Number { min, max } => Box::new(number::Number {
            min: *min,
            max: *max,
        }),
        Type::Date => Box::new(date::Date),
        Type::DateTime(form) => Box::new(date_time::DateTime(*form)),
        Type::Email { max } => Box::new(email::Email { max: *max }),
        Type::ZonedTime { object, time, zone } => {
            Box::new(zoned_time::ZonedTime { object, time, zone })
        }
        Type::Password { min, max } => Box::new(password::Password {
            min: *min,
            max: *max,
        }),
        Type::Token => Box::new(token::Token),
        Type::Secret { min, max } => Box::new(secret::Secret {
            min: *min,
            max: *max,
        }),
        Type::Url { max } => Box::new(url::Url { max: *max }),
        Type::Host { max } => Box::new(host::Host { max: *max }),
        Type::SigningKey(_) => Box::new(signing_key::SigningKey),
        Type::Headers => Box::new(headers::Headers),
        Type::Template => Box::new(template::Template),
        Type::Entry(table) => Box::new(entry::Entry(table)),
        Type::Phone => Box::new(phone::Phone),
        Type::ExternalId => Box::new(external_id::ExternalId),
        Type::Key { table, column } => Box::new(key::Key { table, column }),
        Type::TableRow(table) => Box::new(table_row::TableRow(table)),
        Type::Object(name) => Box::new(object::Object(name)),
        Type::Shared(name) => Box::new(shared::Shared(name)),
        Type::Child(name) => Box::new(child::Child(name)),
        Type::Map => Box::new(map::Map),
        Type::Choice { by, of } => {
            let of = of.iter().map(|(value, ty)| (value.as_str(), kind(ty)));
            Box::new(choice::Chosen(Choice {
                by,
                of: of.collect(),
                mixed: is_mixed(ty),
            }))
        }
    }
}
