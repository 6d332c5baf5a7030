//! Parses JSON more strictly than a plain JSON parser: bounded depth and no duplicate members
//! (RFC 8259 allows both; RFC 7493 forbids duplicates).

use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::problem::Problem;

/// Deepest nesting of arrays and objects.
const DEPTH: usize = 64;

/// Text that marks the error about depth.
const TOO_DEEP: &str = "nested too deeply";

/// Parses `bytes`.
///
/// # Errors
/// 400 when they are not JSON text, are nested deeper than 64 levels or contain a duplicate
/// member.
pub fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Seed(0)
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| {
        let text = error.to_string();
        if text.starts_with(TOO_DEEP) {
            Problem::too_deep(DEPTH)
        } else {
            Problem::malformed(format!("the body is not JSON: {text}"))
        }
    })
}

struct Seed(usize);

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl Seed {
    fn inner<E: de::Error>(&self) -> Result<usize, E> {
        if self.0 >= DEPTH {
            return Err(E::custom(TOO_DEEP));
        }
        Ok(self.0 + 1)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = self.inner()?;
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(Seed(depth))? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let depth = self.inner()?;
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(Seed(depth))?;
            if map.contains_key(&name) {
                return Err(de::Error::custom(format!(
                    "the member `{name}` occurs twice"
                )));
            }
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn refuses_what_json_readers_let_pass() {
        assert!(parse(br#"{"a":[1,2.5,"x",null,true]}"#).is_ok());
        for bad in [
            "",
            "{",
            "{\"a\":1}x",
            r#"{"a":1,"a":2}"#,
            r#""\ud800""#,
            "NaN",
        ] {
            assert_eq!(parse(bad.as_bytes()).unwrap_err().status, 400, "{bad}");
        }
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(nested(64).as_bytes()).is_ok());
        assert_eq!(parse(nested(65).as_bytes()).unwrap_err().code, "too_deep");
        assert_eq!(
            parse(nested(100_000).as_bytes()).unwrap_err().code,
            "too_deep"
        );
    }
}
