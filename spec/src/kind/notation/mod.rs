//! Texts in a notation of their own, without bounds in the row: one file each.
//!
//! What is known of a notation is data, and here is the only list of them: the generator
//! works from these facts, and the suite has a file for each beside its own list.

mod color;
mod facts;
mod ip;
mod kind;
mod language;
mod name;
mod time_zone;
mod uuid;

pub use self::facts::{Asked, Facts};

/// The notation of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// A time zone of the IANA database.
    TimeZone,
    /// A language tag (BCP 47).
    Language,
    /// A colour as `#` and six hexadecimal digits.
    Color,
    /// A name: a letter, then letters, digits, `.`, `_` and `-`.
    Name,
    /// A UUID.
    Uuid,
    /// An IP address of either version.
    Ip,
}

impl Notation {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::TimeZone,
        Self::Language,
        Self::Color,
        Self::Name,
        Self::Uuid,
        Self::Ip,
    ];

    /// What is known of it.
    #[must_use]
    pub const fn facts(self) -> &'static Facts {
        match self {
            Self::TimeZone => &time_zone::FACTS,
            Self::Language => &language::FACTS,
            Self::Color => &color::FACTS,
            Self::Name => &name::FACTS,
            Self::Uuid => &uuid::FACTS,
            Self::Ip => &ip::FACTS,
        }
    }
}
