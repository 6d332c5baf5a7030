//! Field types: one file each, or one for a few that belong together, and their registry.
//!
//! A new text in a notation of its own is a file in `notation` and its lines in the list
//! there. Another type needs its file, a variant of [`Type`], and lines in [`BUILT_IN`] and
//! [`kind`]; the compiler then points out the registries of the generator and the suite
//! that need a line too.

mod boolean;
mod choice;
mod date;
mod date_time;
mod decimal;
mod email;
mod external_id;
mod facts;
mod given;
mod host;
mod integer;
mod made;
mod matching;
mod notation;
mod number;
mod object;
mod phone;
mod secret;
mod table;
mod text;
mod url;
mod values;

pub use self::date::is_date;
pub use self::external_id::compared as external;
pub use self::facts::{Bounds, Key, Kind, Within};
pub use self::given::{Given, TEXT_MAX};
pub(crate) use self::integer::whole;
pub use self::notation::{Asked, Facts as NotationFacts, Notation};
pub use self::phone::one_form;

use crate::model::Type;

/// Resolves the name of a type for a row.
type Resolve = fn(&Given<'_>) -> Type;

/// The built-in names of other types than notations, with the functions that resolve them
/// for a row.
const BUILT_IN: &[(&str, Resolve)] = &[
    ("id", |_| Type::Id),
    ("string", text::resolve),
    ("boolean", |_| Type::Boolean),
    ("integer", integer::resolve),
    ("decimal", decimal::resolve),
    ("number", number::resolve),
    ("date", |_| Type::Date),
    ("date-time", date_time::resolve),
    ("email", email::resolve),
    ("phone", |_| Type::Phone),
    ("external-id", |_| Type::ExternalId),
    ("password", secret::password),
    ("token", |_| Type::Token),
    ("secret", secret::secret),
    ("url", url::resolve),
    ("host", host::resolve),
    ("headers", |_| Type::Headers),
    ("template", |_| Type::Template),
    ("map", |_| Type::Map),
];

/// The built-in names of types.
pub fn built_in() -> impl Iterator<Item = &'static str> {
    let notations = Notation::ALL.iter().map(|one| one.facts().name);
    BUILT_IN.iter().map(|(name, _)| *name).chain(notations)
}

/// The built-in type of a name, for a row.
#[must_use]
pub fn resolve(name: &str, given: &Given<'_>) -> Option<Type> {
    if let Some((_, resolve)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
        return Some(resolve(given));
    }
    let mut notations = Notation::ALL.iter();
    let found = notations.find(|one| one.facts().name == name)?;
    Some(Type::Notation(*found))
}

/// The kind of a type.
#[must_use]
pub fn kind(ty: &Type) -> Box<dyn Kind + '_> {
    match ty {
        Type::Notation(notation) => Box::new(*notation),
        Type::Id => Box::new(made::Id),
        Type::Text { min, max } => Box::new(text::Text {
            min: *min,
            max: *max,
        }),
        Type::Matching { min, max, pattern } => Box::new(matching::Matching {
            min: *min,
            max: *max,
            pattern,
        }),
        Type::Values(values) => Box::new(values::Values(values)),
        Type::Preset(list) => Box::new(table::Preset(list)),
        Type::Boolean => Box::new(boolean::Boolean),
        Type::Integer { min, max } => Box::new(integer::Integer {
            min: *min,
            max: *max,
        }),
        Type::Decimal { min, max } => Box::new(decimal::DecimalNumber {
            min: *min,
            max: *max,
        }),
        Type::Number { min, max } => Box::new(number::Number {
            min: *min,
            max: *max,
        }),
        Type::Date => Box::new(date::Date),
        Type::DateTime(form) => Box::new(date_time::DateTime(*form)),
        Type::Email { max } => Box::new(email::Email(*max)),
        Type::ZonedTime { .. } => Box::new(made::ZonedTime),
        Type::Password { min, max } => Box::new(secret::Password {
            min: *min,
            max: *max,
        }),
        Type::Token => Box::new(made::Token),
        Type::Secret { min, max } => Box::new(secret::Secret {
            min: *min,
            max: *max,
        }),
        Type::Url { max } => Box::new(url::Url(*max)),
        Type::Host { max } => Box::new(host::Host(*max)),
        Type::SigningKey(known) => Box::new(table::SigningKey(known)),
        Type::Headers => Box::new(object::Headers),
        Type::Template => Box::new(object::Template),
        Type::Entry(table) => Box::new(table::Entry(table)),
        Type::Phone => Box::new(phone::Phone),
        Type::ExternalId => Box::new(external_id::ExternalId),
        Type::Key { table, column } => Box::new(table::TableKey(table, column)),
        Type::TableRow(_) => Box::new(table::TableRow),
        Type::Object(name) => Box::new(object::Object(name)),
        Type::Shared(name) => Box::new(object::Shared(name)),
        Type::Child(name) => Box::new(object::Child(name)),
        Type::Map => Box::new(object::AnyMap),
        Type::Choice { by, of } => Box::new(choice::Choice {
            by,
            of,
            mixed: !of.iter().all(|(_, ty)| kind(ty).is_text()),
        }),
    }
}

/// Whether a field of the type may have values of several types, not all of them texts.
#[must_use]
pub fn is_mixed(ty: &Type) -> bool {
    kind(ty).is_mixed()
}
