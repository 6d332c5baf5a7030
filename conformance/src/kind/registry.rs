//! The registry of all types.

use fieldproof_spec::kind::is_mixed;
use fieldproof_spec::model::Type;

use super::Kind;
use super::boolean::Boolean;
use super::child::Child;
use super::choice::Choice;
use super::color::Color;
use super::date::Date;
use super::date_time::DateTime;
use super::decimal::Decimal;
use super::email::Email;
use super::entry::Entry;
use super::external_id::ExternalId;
use super::headers::Headers;
use super::host::Host;
use super::id::Id;
use super::integer::Integer;
use super::key::Key;
use super::language::Language;
use super::map::Map;
use super::matching::Matching;
use super::name::Name;
use super::number::Number;
use super::object::Object;
use super::password::Password;
use super::phone::Phone;
use super::preset::Preset;
use super::secret::Secret;
use super::shared::Shared;
use super::signing_key::SigningKey;
use super::table_row::TableRow;
use super::template::Template;
use super::text::Text;
use super::time_zone::TimeZone;
use super::token::Token;
use super::url::Url;
use super::uuid::Uuid;
use super::values::Values;
use super::zoned_time::ZonedTime;

/// The kind of a type; the compiler requires a line for every type.
pub(crate) fn kind(ty: &Type) -> Box<dyn Kind + '_> {
    match ty {
        Type::Id => Box::new(Id),
        Type::Text { min, max } => Box::new(Text::new(*min, *max)),
        Type::Matching { min, max, pattern } => Box::new(Matching::new(*min, *max, pattern)),
        Type::Values(values) => Box::new(Values(values)),
        Type::Preset(list) => Box::new(Preset(list)),
        Type::Boolean => Box::new(Boolean),
        Type::Integer { min, max } => Box::new(Integer::new(*min, *max)),
        Type::Decimal { min, max } => Box::new(Decimal::new(*min, *max)),
        Type::Number { min, max } => Box::new(Number::new(*min, *max)),
        Type::Date => Box::new(Date),
        Type::Uuid => Box::new(Uuid),
        Type::DateTime(form) => Box::new(DateTime(*form)),
        Type::Email { max } => Box::new(Email(*max)),
        Type::TimeZone => Box::new(TimeZone),
        Type::ZonedTime { .. } => Box::new(ZonedTime(ty)),
        Type::Language => Box::new(Language),
        Type::Color => Box::new(Color),
        Type::Password { min, max } => Box::new(Password::new(*min, *max)),
        Type::Token => Box::new(Token),
        Type::Secret { min, max } => Box::new(Secret::new(*min, *max)),
        Type::Url { max } => Box::new(Url(*max)),
        Type::Host { max } => Box::new(Host(*max)),
        Type::SigningKey(known) => Box::new(SigningKey(known)),
        Type::Headers => Box::new(Headers),
        Type::Template => Box::new(Template),
        Type::Entry(table) => Box::new(Entry(table)),
        Type::Phone => Box::new(Phone),
        Type::Name => Box::new(Name),
        Type::ExternalId => Box::new(ExternalId),
        Type::Key { table, column } => Box::new(Key::new(table, column)),
        Type::TableRow(table) => Box::new(TableRow(table)),
        Type::Object(name) => Box::new(Object(name)),
        Type::Shared(name) => Box::new(Shared(name)),
        Type::Child(name) => Box::new(Child(name)),
        Type::Map => Box::new(Map),
        Type::Choice { by, of } => {
            let of = of.iter().map(|(text, one)| (text.as_str(), kind(one)));
            Box::new(Choice::new(by, of.collect(), is_mixed(ty)))
        }
    }
}
