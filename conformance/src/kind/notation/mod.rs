//! Texts in a notation of their own: one file each, and the only list of them.

mod color;
mod ip;
mod language;
mod name;
mod time_zone;
mod uuid;

use fieldproof_spec::kind::Notation;

use super::Kind;

/// The kind of a notation; the compiler requires a line for every one.
pub(super) fn kind(notation: Notation) -> Box<dyn Kind> {
    match notation {
        Notation::TimeZone => Box::new(time_zone::TimeZone),
        Notation::Language => Box::new(language::Language),
        Notation::Color => Box::new(color::Color),
        Notation::Name => Box::new(name::Name),
        Notation::Uuid => Box::new(uuid::Uuid),
        Notation::Ip => Box::new(ip::Ip),
    }
}
