//! Texts of a known syntax that a rule and patterns describe completely.

use fieldproof_spec::model::IdKind;
use proc_macro2::TokenStream;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::{TEXT, shaped};

/// A language tag (RFC 5646 section 2.1): language, script, region, variants, extensions and
/// private use; also grandfathered tags.
const TAG: &str = concat!(
    "^(?:(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})",
    "(?:-[A-Za-z]{4})?",
    "(?:-(?:[A-Za-z]{2}|[0-9]{3}))?",
    "(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*",
    "(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*",
    "(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?",
    "|[Xx](?:-[A-Za-z0-9]{1,8})+",
    "|[Ii]-[A-Za-z0-9]{2,8}",
    "|[Ee][Nn]-[Gg][Bb]-[Oo][Ee][Dd]",
    "|[Ss][Gg][Nn]-(?:[Bb][Ee]-(?:[Ff][Rr]|[Nn][Ll])|[Cc][Hh]-[Dd][Ee]))$"
);

/// A name: a letter, then letters, digits, `.`, `_` and `-`.
const WORD: &str = "^[A-Za-z][A-Za-z0-9._-]*$";

/// A syntax of texts without bounds in the spec.
pub(super) struct Syntax {
    /// The rule of the runtime.
    rule: &'static str,
    /// The pattern in responses; `None` if it says no more than the name.
    shown: Option<&'static str>,
    /// The pattern in bodies.
    taken: &'static str,
    /// Maximum length, if the pattern does not limit it.
    max: Option<u32>,
}

/// Texts for which no pattern says more than the rule.
const RULED: Syntax = Syntax {
    rule: "Text",
    shown: None,
    taken: TEXT,
    max: None,
};

/// A time zone of the IANA database.
pub(super) const TIME_ZONE: Syntax = Syntax {
    rule: "TimeZone",
    ..RULED
};

/// A language tag (BCP 47).
pub(super) const LANGUAGE: Syntax = Syntax {
    rule: "Language",
    taken: TAG,
    ..RULED
};

/// A colour, shown in lower case.
pub(super) const COLOR: Syntax = Syntax {
    rule: "Color",
    shown: Some("^#[0-9a-f]{6}$"),
    taken: "^#[0-9A-Fa-f]{6}$",
    ..RULED
};

/// A name.
pub(super) const NAME: Syntax = Syntax {
    rule: "Name",
    shown: Some(WORD),
    taken: WORD,
    max: Some(255),
};

impl Syntax {
    /// Adds the maximum length to a schema.
    fn bounded(&self, mut schema: Value) -> Value {
        if let Some(max) = self.max {
            schema["maxLength"] = max.into();
        }
        schema
    }
}

impl<'a> Kind<'a> for Syntax {
    fn rule(&self, _: At<'_>, _: Body) -> TokenStream {
        named(self.rule)
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        self.bounded(match self.shown {
            Some(pattern) => shaped(pattern),
            None => json!({ "type": "string" }),
        })
    }

    fn request_schema(&self, _: &Plan<'_>) -> Value {
        self.bounded(shaped(self.taken))
    }
}
