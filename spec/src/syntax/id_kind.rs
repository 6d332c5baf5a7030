//! Kinds of identifiers: how they look, and in which order they stand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How ids are made and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IdKind {
    /// 24 lower-case hexadecimal digits, increasing; any case is read.
    Hex24,
    /// 1, 2, 3 … as text.
    Increasing,
    /// 1, 2, 3 … as JSON numbers; digits in paths.
    Number,
    /// Decimal digits as text; 16 of them where the server makes one.
    Digits,
    /// A UUID in lower case, increasing (RFC 9562, version 7); any case and any
    /// version is read.
    Uuid,
}

impl IdKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Hex24,
        Self::Increasing,
        Self::Number,
        Self::Digits,
        Self::Uuid,
    ];

    /// The greatest number that generated servers read as an identifier.
    pub const MAX: u64 = 999_999_999_999_999_999;

    /// Whether JSON shows identifiers as numbers.
    #[must_use]
    pub fn is_number(self) -> bool {
        match self {
            Self::Number => true,
            Self::Hex24 | Self::Increasing | Self::Digits | Self::Uuid => false,
        }
    }

    /// The identifier that a text of a path names, in its one form; none where the text
    /// is none of this kind.
    #[must_use]
    pub fn read(self, text: &str) -> Option<String> {
        let lower = text.to_ascii_lowercase();
        let hex = |text: &str| text.bytes().all(|c| c.is_ascii_hexdigit());
        let fits = match self {
            Self::Hex24 => lower.len() == 24 && hex(&lower),
            Self::Increasing | Self::Number => lower
                .parse::<u64>()
                .is_ok_and(|number| number > 0 && number.to_string() == lower),
            Self::Digits => {
                (1..=32).contains(&lower.len()) && lower.bytes().all(|c| c.is_ascii_digit())
            }
            Self::Uuid => {
                let parts: Vec<&str> = lower.split('-').collect();
                let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
                lengths == [8, 4, 4, 4, 12] && parts.iter().all(|part| hex(part))
            }
        };
        fits.then_some(lower)
    }

    /// The text of an identifier that JSON shows; none where it shows none.
    #[must_use]
    pub fn text(self, shown: &Value) -> Option<String> {
        match self.is_number() {
            true => Some(shown.as_u64()?.to_string()),
            false => shown.as_str().map(str::to_owned),
        }
    }

    /// How JSON shows an identifier.
    #[must_use]
    pub fn shown(self, id: &str) -> Value {
        match self.is_number() {
            true => id.parse::<u64>().map_or(Value::Null, Value::from),
            false => id.into(),
        }
    }

    /// A text that stands where the identifier does, among those of its kind.
    #[must_use]
    pub fn rank(self, id: &str) -> String {
        match self {
            Self::Increasing | Self::Number => format!("{id:0>20}"),
            Self::Hex24 | Self::Digits | Self::Uuid => id.to_owned(),
        }
    }

    /// Whether a filter may ask for identifiers that are greater than one.
    #[must_use]
    pub fn is_ranged(self) -> bool {
        match self {
            Self::Increasing | Self::Number => true,
            Self::Hex24 | Self::Digits | Self::Uuid => false,
        }
    }

    /// An identifier of the kind: greater for a greater number, and for a later moment
    /// (in microseconds since 1970-01-01T00:00:00Z) where it has one.
    #[must_use]
    pub fn sample(self, micros: i64, number: u64) -> String {
        match self {
            Self::Hex24 => format!("{:08x}{number:016x}", micros / 1_000_000),
            Self::Increasing | Self::Number => number.to_string(),
            Self::Digits => format!("{:016}", 2_000_000_000_000_000 + number),
            Self::Uuid => {
                let hex = format!("{:012x}7000{:016x}", micros / 1_000, 1_u64 << 63 | number);
                let ends = [8, 12, 16, 20];
                let mut text = hex;
                for end in ends.into_iter().rev() {
                    text.insert(end, '-');
                }
                text
            }
        }
    }

    /// Texts near an identifier that are none, or that of no object.
    #[must_use]
    pub fn near_misses(self, id: &str) -> Vec<String> {
        let other = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        match self {
            Self::Hex24 => vec!["x".to_owned(), "g".repeat(24), format!("{id}0")],
            Self::Increasing | Self::Number => vec![
                format!("0{id}"),
                format!("+{id}"),
                format!("-{id}"),
                "x".to_owned(),
            ],
            Self::Digits => vec!["x".to_owned(), format!("{id}0")],
            Self::Uuid => other(&[
                "x",
                &id.replace('-', ""),
                &format!("{id}0"),
                &format!("{{{id}}}"),
            ]),
        }
    }

    /// What identifiers look like where they are shown, as a regular expression.
    #[must_use]
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Hex24 => "^[0-9a-f]{24}$",
            Self::Increasing | Self::Number => "^[1-9][0-9]*$",
            Self::Digits => "^[0-9]+$",
            Self::Uuid => "^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        }
    }

    /// What a text is that asks for identifiers, as a regular expression: in any case, and as
    /// long as generated servers read one.
    #[must_use]
    pub const fn asked(self) -> &'static str {
        match self {
            Self::Hex24 => "^[0-9A-Fa-f]{24}$",
            Self::Increasing | Self::Number => "^[1-9][0-9]{0,17}$",
            Self::Digits => "^[0-9]{1,32}$",
            Self::Uuid => "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::IdKind;

    #[test]
    fn samples_are_of_their_kind_and_grow() {
        for kind in [
            IdKind::Hex24,
            IdKind::Increasing,
            IdKind::Digits,
            IdKind::Number,
            IdKind::Uuid,
        ] {
            let pattern = regex::Regex::new(kind.pattern()).unwrap();
            let asked = regex::Regex::new(kind.asked()).unwrap();
            let ids: Vec<String> = (9..=11)
                .map(|number| kind.sample(1_700_000_000_000_000, number))
                .collect();
            let ranks: Vec<String> = ids.iter().map(|id| kind.rank(id)).collect();
            assert!(ranks.is_sorted(), "{ranks:?}");
            for id in &ids {
                assert_eq!(kind.read(id).as_ref(), Some(id), "{kind:?}");
                assert_eq!(kind.text(&kind.shown(id)).as_ref(), Some(id), "{kind:?}");
                assert!(pattern.is_match(id), "{kind:?} {id}");
                for text in [id.to_ascii_uppercase(), id.clone()] {
                    let read = kind.read(&text).as_ref() == Some(id);
                    assert!(read && asked.is_match(&text), "{kind:?} {text}");
                }
                for near in kind.near_misses(id) {
                    let read = kind.read(&near);
                    assert!(read.is_none() || kind == IdKind::Digits, "{kind:?} {near}");
                    assert_eq!(asked.is_match(&near), read.is_some(), "{kind:?} {near}");
                }
            }
        }
    }

    #[test]
    fn the_greatest_number_is_the_longest_text() {
        let asked = regex::Regex::new(IdKind::Number.asked()).unwrap();
        assert!(asked.is_match(&IdKind::MAX.to_string()));
        assert!(!asked.is_match(&(IdKind::MAX + 1).to_string()));
    }
}
