//! Facts about field types that checks need: one file per type, which implements [`Kind`],
//! and one registry, [`kind`], that the compiler checks for completeness.
//!
//! Kinds are a layer below the harness and the checks. What they need from above is passed
//! to them: fresh words by a [`Source`], the objects around a value by [`Within`] and
//! [`Seen`].

#[cfg(test)]
mod agreed;
mod around;
mod boolean;
mod cases;
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
mod instants;
mod integer;
mod json;
mod key;
mod length;
mod map;
mod matching;
mod notation;
mod number;
mod numeric;
mod object;
mod password;
mod phone;
mod plain;
mod preset;
mod secret;
mod shared;
mod signing_key;
mod source;
mod table;
mod table_row;
mod template;
mod text;
mod token;
mod url;
mod values;
mod zoned_time;

use fieldproof_spec::kind::is_mixed;
use fieldproof_spec::model::Type;

pub(crate) use self::around::{Seen, Within};
pub(crate) use self::cases::{Cases, Codes, SYNTAX, Shown};
pub(crate) use self::choice::{alternatives, deciding_first};
pub(crate) use self::contract::Kind;
pub(crate) use self::json::Json;
pub(crate) use self::source::Source;

/// The kind of a type; the compiler requires a line for every type.
pub(crate) fn kind(ty: &Type) -> Box<dyn Kind + '_> {
    match ty {
        Type::Notation(one) => notation::kind(*one),
        Type::Id => Box::new(id::Id),
        Type::Text { min, max } => Box::new(text::Text::new(*min, *max)),
        Type::Matching { min, max, pattern } => {
            Box::new(matching::Matching::new(*min, *max, pattern))
        }
        Type::Values(values) => Box::new(values::Values(values)),
        Type::Preset(list) => Box::new(preset::Preset(list)),
        Type::Boolean => Box::new(boolean::Boolean),
        Type::Integer { min, max } => Box::new(integer::Integer::new(*min, *max)),
        Type::Decimal { min, max } => Box::new(decimal::Decimal::new(*min, *max)),
        Type::Number { min, max } => Box::new(number::Number::new(*min, *max)),
        Type::Date => Box::new(date::Date),
        Type::DateTime(form) => Box::new(date_time::DateTime(*form)),
        Type::Email { max } => Box::new(email::Email(*max)),
        Type::ZonedTime { .. } => Box::new(zoned_time::ZonedTime(ty)),
        Type::Password { min, max } => Box::new(password::Password::new(*min, *max)),
        Type::Token => Box::new(token::Token),
        Type::Secret { min, max } => Box::new(secret::Secret::new(*min, *max)),
        Type::Url { max } => Box::new(url::Url(*max)),
        Type::Host { max } => Box::new(host::Host(*max)),
        Type::SigningKey(known) => Box::new(signing_key::SigningKey(known)),
        Type::Headers => Box::new(headers::Headers),
        Type::Template => Box::new(template::Template),
        Type::Entry(table) => Box::new(entry::Entry(table)),
        Type::Phone => Box::new(phone::Phone),
        Type::ExternalId => Box::new(external_id::ExternalId),
        Type::Key { table, column } => Box::new(key::Key::new(table, column)),
        Type::TableRow(table) => Box::new(table_row::TableRow(table)),
        Type::Object(name) => Box::new(object::Object(name)),
        Type::Shared(name) => Box::new(shared::Shared(name)),
        Type::Child(name) => Box::new(child::Child(name)),
        Type::Map => Box::new(map::Map),
        Type::Choice { by, of } => {
            let of = of.iter().map(|(text, one)| (text.as_str(), kind(one)));
            Box::new(choice::Choice::new(by, of.collect(), is_mixed(ty)))
        }
    }
}
