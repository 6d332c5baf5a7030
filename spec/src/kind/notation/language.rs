//! Language tags.

use oxilangtag::LanguageTag;

use super::facts::{Facts, PLAIN};

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

/// A language tag, shown in the case that BCP 47 recommends.
pub(super) const FACTS: Facts = Facts {
    name: "language",
    form: |text| {
        let tag = LanguageTag::parse_and_normalize(text).ok()?;
        Some(tag.into_inner())
    },
    taken: Some(TAG),
    ..PLAIN
};
