//! Describes the type of a value in a few words.

use std::fmt::Write;

use serde_json::Value;

use super::text::entries;
use crate::problem::escape;

/// Maximum number of values of a closed list that are shown.
const SHOWN: usize = 20;

/// The named schemas of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a>(pub(super) &'a Value);

impl<'a> Names<'a> {
    /// Whether a schema is shown: `Create…` and `Update…` schemas are represented by that of
    /// the object.
    pub(super) fn is_shown(self, name: &str) -> bool {
        name != "Problem" && self.of(name) == name
    }

    /// The name of the schema that represents this one.
    fn of(self, name: &str) -> &str {
        let prefixes = ["Create", "Update"].iter();
        let mut bases = prefixes.filter_map(|prefix| name.strip_prefix(prefix));
        bases
            .find(|base| self.0.get(*base).is_some())
            .unwrap_or(name)
    }

    /// The type that a schema describes, as HTML.
    pub(super) fn kind(self, schema: &'a Value) -> String {
        if let Some(path) = schema["$ref"].as_str() {
            return self.link(path);
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(any) = schema[key].as_array() {
                let any: Vec<String> = any.iter().map(|one| self.kind(one)).collect();
                return any.join(" or ");
            }
        }
        if let Some(all) = schema["allOf"]
            .as_array()
            .filter(|_| schema["type"].is_null())
        {
            let all: Vec<String> = all.iter().map(|one| self.kind(one)).collect();
            return all.join(" and ");
        }
        self.plain(schema)
    }

    /// The name of a schema, as a link to its description.
    fn link(self, path: &str) -> String {
        let rest = path.trim_start_matches("#/components/schemas/");
        let (name, member) = match rest.split_once("/properties/") {
            Some((name, member)) => (name, format!(".{member}")),
            None => (rest, String::new()),
        };
        let name = escape(self.of(name));
        format!("<a href=\"#{name}\">{name}</a>{}", escape(&member))
    }

    fn plain(self, schema: &'a Value) -> String {
        let mut words = match &schema["type"] {
            Value::Array(types) => types
                .iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(" or "),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        if words == "array" {
            words = format!("array of {}", self.kind(&schema["items"]));
        }
        if words == "object" && schema["properties"].is_object() {
            words = format!("an object with {}", self.members(schema));
        }
        if let Some(values) = schema["enum"].as_array() {
            let shown = values.iter().take(SHOWN).map(Value::to_string);
            words = escape(&shown.collect::<Vec<_>>().join(", "));
            if let Some(more) = values.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                let _ = write!(words, " and {more} more");
            }
        }
        if !schema["const"].is_null() {
            words = escape(&schema["const"].to_string());
        }
        let bounds = [
            ("minLength", "from", " characters"),
            ("maxLength", "to", " characters"),
            ("minimum", "from", ""),
            ("maximum", "to", ""),
        ];
        for (key, word, unit) in bounds {
            let bound = schema[key].as_u64().filter(|bound| *bound > 0);
            // The limit of the integer type is not worth showing.
            if let Some(bound) = bound.filter(|bound| *bound < i64::MAX.unsigned_abs()) {
                let _ = write!(words, ", {word} {bound}{unit}");
            }
        }
        words
    }

    /// Members of an object without a name: the required ones or, if none are, all of them.
    fn members(self, schema: &'a Value) -> String {
        let required = schema["required"].as_array().into_iter().flatten();
        let required: Vec<&str> = required.filter_map(Value::as_str).collect();
        let all = entries(&schema["properties"]);
        let shown = all
            .iter()
            .filter(|(name, _)| required.is_empty() || required.contains(&name.as_str()));
        let shown = shown.map(|(name, one)| match self.kind(one) {
            kind if kind.is_empty() => format!("<code>{}</code>", escape(name)),
            kind => format!("<code>{}</code> ({kind})", escape(name)),
        });
        shown.collect::<Vec<_>>().join(" and ")
    }
}
