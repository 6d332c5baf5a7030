//! Values that a schema allows, mostly; some are near it and some are known from before.

use proptest::strategy::{Strategy, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::known::Known;
use crate::source::Source;

/// Texts that are at the edge of something.
const ODD: &[&str] = &[
    "", " ", "a", "Ä", "ß", "İ", "a\u{301}", "%", "_", "'", "\\", "a b", "日本", "😀", "NULL", "0",
];

/// Draws values.
pub(crate) struct Draw<'a> {
    pub(crate) source: &'a mut Source,
    pub(crate) known: &'a Known,
    /// Generates texts of patterns.
    pub(crate) texts: &'a mut TestRunner,
}

impl Draw<'_> {
    /// A value for a member of `place` or a parameter called `name`.
    pub(crate) fn value(&mut self, place: &str, name: &str, schema: &Value) -> Value {
        // What an identifier of another object may be, only answers tell.
        let percent = match name.to_lowercase().ends_with("id") {
            true => 70,
            false => 20,
        };
        if self.source.chance(percent)
            && let Some(value) = self.known.value(place, name, self.source)
        {
            return value;
        }
        if self.source.chance(2) {
            return self.odd();
        }
        self.legal(name, schema)
    }

    /// A value that the schema allows, as far as it is understood.
    fn legal(&mut self, name: &str, schema: &Value) -> Value {
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema["enum"].as_array().filter(|all| !all.is_empty()) {
            return self.source.pick(values).clone();
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(kinds) = schema[key].as_array().filter(|all| !all.is_empty()) {
                let kind = self.source.pick(kinds).clone();
                return self.legal(name, &over(schema, &kind));
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let joined = parts
                .iter()
                .fold(without(schema, "allOf"), |all, one| over(&all, one));
            return self.legal(name, &joined);
        }
        match self.kind(schema).as_str() {
            "object" => self.object(name, schema),
            "array" => self.array(name, schema),
            "boolean" => self.source.chance(50).into(),
            "integer" => self.integer(schema).into(),
            "number" => self.number(schema),
            "null" => Value::Null,
            _ => self.text(schema).into(),
        }
    }

    fn kind(&mut self, schema: &Value) -> String {
        match &schema["type"] {
            Value::String(kind) => kind.clone(),
            Value::Array(kinds) => {
                let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
                let plain = kinds.iter().find(|kind| **kind != "null");
                match self.source.chance(15) {
                    true => (*self.source.pick(&kinds)).to_owned(),
                    false => (*plain.unwrap_or(&"null")).to_owned(),
                }
            }
            _ if schema.get("properties").is_some() => "object".to_owned(),
            _ => "string".to_owned(),
        }
    }

    fn object(&mut self, place: &str, schema: &Value) -> Value {
        let mut drawn = Map::new();
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        for (name, one) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.iter().any(|other| other == name.as_str());
            let percent = match (is_required, one["readOnly"] == true) {
                (true, _) => 98,
                (false, true) => 2,
                (false, false) => 40,
            };
            if self.source.chance(percent) {
                drawn.insert(name.clone(), self.value(place, name, one));
            }
        }
        let more = schema
            .get("additionalProperties")
            .filter(|one| one.is_object());
        if let Some(more) = more {
            for _ in 0..self.source.below(3) {
                let name = self.text(&schema["propertyNames"]);
                drawn.insert(name, self.value(place, "", more));
            }
        }
        Value::Object(drawn)
    }

    fn array(&mut self, name: &str, schema: &Value) -> Value {
        let least = schema["minItems"].as_u64().unwrap_or(0);
        let most = schema["maxItems"].as_u64().unwrap_or(3).min(least + 3);
        let count = self.source.within(least.cast_signed(), most.cast_signed());
        (0..count)
            .map(|_| self.value("", name, &schema["items"]))
            .collect()
    }

    fn integer(&mut self, schema: &Value) -> i64 {
        let least = schema["minimum"].as_i64().unwrap_or(-3);
        let most = schema["maximum"].as_i64().unwrap_or(i64::MAX);
        match self.source.below(8) {
            0 => least,
            1 => most,
            2 => self.source.within(least.saturating_sub(1), most),
            _ => self
                .source
                .within(least, most.min(least.saturating_add(12))),
        }
    }

    fn number(&mut self, schema: &Value) -> Value {
        let cents = self.integer(schema);
        match self.source.chance(50) {
            true => cents.into(),
            false => json!(cents as f64 / 4.0),
        }
    }

    fn text(&mut self, schema: &Value) -> String {
        let some = self.source.below(10_000);
        match schema["format"].as_str() {
            Some("date-time") => {
                let (day, hour) = (1 + some % 28, some % 24);
                let zone = ["Z", "+02:00", ".5Z"][some % 3];
                return format!("2026-09-{day:02}T{hour:02}:00:00{zone}");
            }
            Some("date") => return format!("20{:02}-02-{:02}", some % 100, 1 + some % 28),
            Some("email") => return format!("someone{}@example.com", some % 50),
            Some("uri") => return format!("https://example.com/{}", some % 50),
            Some("uuid") => return format!("00000000-0000-4000-8000-00000000{some:04}"),
            _ => {}
        }
        let least = schema["minLength"].as_u64().unwrap_or(0) as usize;
        let most = schema["maxLength"]
            .as_u64()
            .map_or(24, |most| most.min(24) as usize);
        if let Some(pattern) = schema["pattern"].as_str()
            && let Some(text) = self.matching(pattern)
        {
            return text;
        }
        let text = match self.source.chance(30) {
            true => (*self.source.pick(ODD)).to_owned(),
            false => format!("{}{}", ["Word ", "word", "Wörd-", "x"][some % 4], some % 40),
        };
        let text = text.chars().cycle().take(text.chars().count().max(least));
        let text: String = text.take(most.max(least)).collect();
        match text.chars().count() < least {
            true => "x".repeat(least),
            false => text,
        }
    }

    /// A text that a pattern matches, if it is understood.
    fn matching(&mut self, pattern: &str) -> Option<String> {
        let inner = pattern.strip_prefix('^').unwrap_or(pattern);
        let inner = inner.strip_suffix('$').unwrap_or(inner);
        let strategy = string_regex(inner).ok()?;
        let tree = strategy.new_tree(self.texts).ok()?;
        Some(tree.current())
    }

    fn odd(&mut self) -> Value {
        match self.source.below(7) {
            0 => Value::Null,
            1 => json!({}),
            2 => json!([]),
            3 => json!(-1),
            4 => json!(1.5),
            5 => "x".repeat(300).into(),
            _ => (*self.source.pick(ODD)).into(),
        }
    }
}

/// A schema with the members of another one in place of its own.
fn over(schema: &Value, other: &Value) -> Value {
    let mut joined = without(&without(schema, "anyOf"), "oneOf");
    let (Some(members), Some(others)) = (joined.as_object_mut(), other.as_object()) else {
        return other.clone();
    };
    for (name, one) in others {
        match (members.get_mut(name), one) {
            (Some(Value::Object(own)), Value::Object(one)) => own.extend(one.clone()),
            (Some(Value::Array(own)), Value::Array(one)) if name == "required" => {
                own.extend(one.clone());
            }
            _ => drop(members.insert(name.clone(), one.clone())),
        }
    }
    joined
}

fn without(schema: &Value, name: &str) -> Value {
    let mut rest = schema.clone();
    if let Some(members) = rest.as_object_mut() {
        members.shift_remove(name);
    }
    rest
}
