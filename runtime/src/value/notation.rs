//! Texts in a notation of their own.

use std::net::IpAddr;

use oxilangtag::LanguageTag;

use super::{is_time_zone, is_uuid};

/// A notation, with one form of each text in which it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// A time zone name of the IANA database, including links, kept as sent.
    TimeZone,
    /// A well-formed language tag (BCP 47), kept in its canonical case.
    Language,
    /// A colour as `#` and six hexadecimal digits, kept in lower case.
    Color,
    /// A name: a letter, then letters, digits, `.`, `_` and `-`; kept as sent.
    Name,
    /// A UUID of any version in the text form of RFC 9562 section 4; read in any case, kept
    /// in lower case.
    Uuid,
    /// An IP address: a dotted quad without leading zeros (RFC 791), or one of version 6 in any
    /// form of RFC 4291 section 2.2; kept in the form of RFC 5952.
    Ip,
}

impl Notation {
    /// The one form of a text; `None` if it is not in the notation.
    #[must_use]
    pub fn form(self, text: String) -> Option<String> {
        match self {
            Self::TimeZone => is_time_zone(&text).then_some(text),
            Self::Language => {
                let tag = LanguageTag::parse_and_normalize(&text).ok()?;
                Some(tag.into_inner())
            }
            Self::Color => is_color(&text).then(|| lower(text)),
            Self::Name => is_name(&text).then_some(text),
            Self::Uuid => is_uuid(&text).then(|| lower(text)),
            Self::Ip => Some(text.parse::<IpAddr>().ok()?.to_string()),
        }
    }

    /// What a text must be, in words.
    pub(crate) fn legal(self) -> &'static str {
        match self {
            Self::TimeZone => "must be a time zone of the IANA database, such as Europe/Berlin",
            Self::Language => "must be a language tag of BCP 47, such as en or pt-BR",
            Self::Color => "must be a colour such as #0a7bff",
            Self::Name => "must be a letter, then letters, digits, dots, hyphens and `_`",
            Self::Uuid => "must be a UUID such as 6f9619ff-8b86-4011-b42d-00cf4fc964ff",
            Self::Ip => "must be an IP address such as 192.0.2.1 or 2001:db8::1",
        }
    }

    /// The code of the violation by another text.
    pub(crate) fn code(self) -> &'static str {
        match self {
            // Its texts are a list, if a long one.
            Self::TimeZone => "not_a_value",
            Self::Language | Self::Color | Self::Name | Self::Uuid | Self::Ip => "format",
        }
    }

    /// The maximum length, if the notation does not say it.
    pub(crate) fn max(self) -> usize {
        match self {
            Self::Name => 255,
            Self::TimeZone | Self::Language | Self::Color | Self::Uuid | Self::Ip => usize::MAX,
        }
    }
}

fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(plain)
}

fn lower(mut text: String) -> String {
    text.make_ascii_lowercase();
    text
}
