//! Citations: which lines of which document a row was written from.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A few lines of a document: `12`, `58-60`, or `"guide:37"` for another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cite {
    /// The document's name in the spec; `None` is the first one.
    pub document: Option<String>,
    /// First line, from 1.
    pub first: u32,
    /// Last line, at least `first`.
    pub last: u32,
}

impl FromStr for Cite {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (document, lines) = match text.split_once(':') {
            Some((document, lines)) if !document.is_empty() => (Some(document.to_owned()), lines),
            Some(_) => return Err("a document's name is missing before the colon".into()),
            None => (None, text),
        };
        let number = |text: &str| {
            let line = text.trim().parse::<u32>().ok().filter(|line| *line > 0);
            line.ok_or_else(|| format!("`{text}` is not a line number"))
        };
        let (first, last) = match lines.split_once('-') {
            Some((first, last)) => (number(first)?, number(last)?),
            None => (number(lines)?, number(lines)?),
        };
        if last < first {
            return Err(format!("line {last} is before line {first}"));
        }
        Ok(Self {
            document,
            first,
            last,
        })
    }
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(document) = &self.document {
            write!(f, "{document}:")?;
        }
        match self.first == self.last {
            true => write!(f, "{}", self.first),
            false => write!(f, "{}-{}", self.first, self.last),
        }
    }
}

impl<'de> Deserialize<'de> for Cite {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Cite;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a line number or a range of lines")
            }

            fn visit_u64<E: serde::de::Error>(self, line: u64) -> Result<Cite, E> {
                line.to_string().parse().map_err(E::custom)
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Cite, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Serialize for Cite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Cite {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cite".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Lines of a document: 12, 58-60, or \"guide:37\" for another document.",
            "anyOf": [
                { "type": "integer", "minimum": 1 },
                { "type": "string", "pattern": "^([a-z][a-z0-9_]*:)?[0-9]+(-[0-9]+)?$" }
            ]
        })
    }
}

/// One citation or several.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum CiteList {
    /// A single citation.
    One(Cite),
    /// Several citations.
    Many(Vec<Cite>),
    /// No citation.
    #[default]
    #[serde(skip)]
    None,
}

impl CiteList {
    /// The citations in the order written.
    #[must_use]
    pub fn as_slice(&self) -> &[Cite] {
        match self {
            Self::One(cite) => std::slice::from_ref(cite),
            Self::Many(cites) => cites,
            Self::None => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cite;

    #[test]
    fn reads_lines_ranges_and_documents() {
        for text in ["12", "58-60", "guide:37", "guide:3-4"] {
            assert_eq!(text.parse::<Cite>().unwrap().to_string(), text);
        }
        for text in ["", "0", "9-3", ":4", "a:b", "4-", "-4"] {
            assert!(text.parse::<Cite>().is_err(), "{text}");
        }
    }
}
