//! HTTP header fields.

use std::collections::HashSet;

use http::header::{HeaderName, HeaderValue};
use serde_json::{Map, Value};

use super::Rule;
use super::text::text;
use crate::body::Reading;
use crate::body::pointer::token;

/// Maximum number of header fields in one map.
const MOST: usize = 50;

/// Maximum length of a value in bytes.
const LONGEST: usize = 4_000;

/// HTTP header fields by name (RFC 9110 section 5), each with one text value.
#[derive(Debug, Clone, Copy)]
pub struct Headers {
    /// Names that are refused, in lower case; a `*` at the end matches any rest.
    pub reserved: &'static [&'static str],
}

impl Rule for Headers {
    type Value = Map<String, Value>;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value> {
        let Value::Object(map) = value else {
            reading.refuse(pointer, "type", "must be an object");
            return None;
        };
        let before = reading.found.len();
        if map.len() > MOST {
            reading.refuse(
                pointer,
                "too_many_items",
                format!("must have at most {MOST} members"),
            );
            return None;
        }
        let mut seen: HashSet<String> = HashSet::new();
        for (name, value) in &map {
            let place = format!("{pointer}/{}", token(name));
            let lower = name.to_ascii_lowercase();
            match () {
                () if HeaderName::from_bytes(name.as_bytes()).is_err() => {
                    reading.refuse(&place, "format", "is not the name of a header field");
                }
                () if self.reserves(&lower) => reading.refuse(&place, "reserved", "is reserved"),
                () if seen.contains(&lower) => {
                    reading.refuse(&place, "duplicate", "occurs twice, in different case");
                }
                () => {}
            }
            seen.insert(lower);
            let Some(text) = text(value.clone(), &place, reading) else {
                continue;
            };
            let fits = HeaderValue::from_str(&text).is_ok() && text.is_ascii();
            if !fits || text.trim() != text {
                reading.refuse(&place, "format", "is not allowed in a header field");
            } else if text.len() > LONGEST {
                reading.refuse(
                    &place,
                    "too_long",
                    format!("must have at most {LONGEST} bytes"),
                );
            }
        }
        (reading.found.len() == before).then_some(map)
    }
}

impl Headers {
    fn reserves(&self, name: &str) -> bool {
        self.reserved.iter().any(|one| match one.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => *one == name,
        })
    }
}

/// Finds the header field called `name` in any case; returns `member/name` in the spelling of
/// the map, and whether there is one.
#[must_use]
pub fn header_in(map: &Map<String, Value>, member: &str, name: &str) -> (String, bool) {
    let found = map.keys().find(|key| key.eq_ignore_ascii_case(name));
    let spelled = found.map_or(name, String::as_str);
    (format!("{member}/{spelled}"), found.is_some())
}
