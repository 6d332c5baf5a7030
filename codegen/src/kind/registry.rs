//! The registry of field types.

use fieldproof_spec::kind::is_mixed;
use fieldproof_spec::model::Type;

use super::boolean::Boolean;
use super::child::Child;
use super::choice::Chosen;
use super::contract::{Choice, Kind};
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
use super::map::Map;
use super::matching::Matching;
use super::number::Number;
use super::object::Object;
use super::password::Password;
use super::phone::Phone;
use super::preset::Preset;
use super::secret::Secret;
use super::shared::Shared;
use super::signing_key::SigningKey;
use super::syntax::{COLOR, LANGUAGE, NAME, TIME_ZONE};
use super::table_row::TableRow;
use super::template::Template;
use super::text::Text;
use super::token::Token;
use super::url::Url;
use super::uuid::Uuid;
use super::values::Values;
use super::zoned_time::ZonedTime;

/// Returns the generator's implementation of `ty`.
pub(crate) fn kind<'a>(ty: &'a Type) -> Box<dyn Kind<'a> + 'a> {
    match ty {
        Type::Id => Box::new(Id),
        Type::Text { min, max } => Box::new(Text {
            min: *min,
            max: *max,
        }),
        Type::Matching { min, max, pattern } => Box::new(Matching {
            min: *min,
            max: *max,
            pattern,
        }),
        Type::Values(texts) => Box::new(Values(texts)),
        Type::Preset(list) => Box::new(Preset(list)),
        Type::Boolean => Box::new(Boolean),
        Type::Integer { min, max } => Box::new(Integer {
            min: *min,
            max: *max,
        }),
        Type::Decimal { min, max } => Box::new(Decimal {
            min: *min,
            max: *max,
        }),
        Type::Number { min, max } => Box::new(Number {
            min: *min,
            max: *max,
        }),
        Type::Date => Box::new(Date),
        Type::Uuid => Box::new(Uuid),
        Type::DateTime(form) => Box::new(DateTime(*form)),
        Type::Email { max } => Box::new(Email { max: *max }),
        Type::TimeZone => Box::new(TIME_ZONE),
        Type::ZonedTime { object, time, zone } => Box::new(ZonedTime { object, time, zone }),
        Type::Language => Box::new(LANGUAGE),
        Type::Color => Box::new(COLOR),
        Type::Password { min, max } => Box::new(Password {
            min: *min,
            max: *max,
        }),
        Type::Token => Box::new(Token),
        Type::Secret { min, max } => Box::new(Secret {
            min: *min,
            max: *max,
        }),
        Type::Url { max } => Box::new(Url { max: *max }),
        Type::Host { max } => Box::new(Host { max: *max }),
        Type::SigningKey(_) => Box::new(SigningKey),
        Type::Headers => Box::new(Headers),
        Type::Template => Box::new(Template),
        Type::Entry(table) => Box::new(Entry(table)),
        Type::Phone => Box::new(Phone),
        Type::Name => Box::new(NAME),
        Type::ExternalId => Box::new(ExternalId),
        Type::Key { table, column } => Box::new(Key { table, column }),
        Type::TableRow(table) => Box::new(TableRow(table)),
        Type::Object(name) => Box::new(Object(name)),
        Type::Shared(name) => Box::new(Shared(name)),
        Type::Child(name) => Box::new(Child(name)),
        Type::Map => Box::new(Map),
        Type::Choice { by, of } => {
            let of = of.iter().map(|(value, ty)| (value.as_str(), kind(ty)));
            Box::new(Chosen(Choice {
                by,
                of: of.collect(),
                mixed: is_mixed(ty),
            }))
        }
    }
}
