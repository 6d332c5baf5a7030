//! Maps: the keys they have, need and must not have.

use serde_json::{Map, Value};

use super::former::successor;
use super::word::renamed;
use super::{CITE, Walk, branches, constant};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::tree::{Entry, Kind, Node};

impl<'s> Walk<'s, '_> {
    pub(super) fn map(&mut self, schema: &'s Value, node: &Node) -> Value {
        let open = schema.get("additionalProperties");
        let mut made = Map::new();
        let mut before = None;
        for entry in node.entries() {
            let known = self.property(schema, &entry.key);
            match (known, open) {
                // A key that stands twice has been reported; the first counts.
                _ if made.contains_key(&entry.key) => {}
                (Some(property), _) => {
                    let read = self.node(property, &entry.value);
                    made.extend(read.map(|value| (entry.key.clone(), value)));
                }
                (None, _) if schema.get("patternProperties").is_some() => {
                    self.cited(schema, entry, &mut made);
                }
                (None, Some(Value::Bool(false))) => {
                    self.unknown(schema, node, entry, before, &mut made);
                }
                (None, Some(element @ Value::Object(_))) => {
                    let read = self.node(element, &entry.value);
                    let value = read.unwrap_or_else(|| self.placeholder(element));
                    made.insert(entry.key.clone(), value);
                }
                (None, _) => {
                    made.insert(entry.key.clone(), entry.value.to_json());
                }
            }
            before = Some(entry);
        }
        let required = schema.get("required").and_then(Value::as_array);
        for key in required.into_iter().flatten().filter_map(Value::as_str) {
            if made.contains_key(key) {
                continue;
            }
            if node.get(key).is_none() {
                let message = format!("the key `{key}` is missing");
                self.report(code::MISSING_KEY, message, node, None);
            }
            if let Some(property) = self.property(schema, key) {
                made.insert(key.to_owned(), self.placeholder(property));
            }
        }
        Value::Object(made)
    }

    fn property(&self, schema: &'s Value, key: &str) -> Option<&'s Value> {
        schema.get("properties")?.get(key)
    }

    /// An entry whose key is a citation.
    fn cited(&mut self, schema: &'s Value, entry: &Entry, made: &mut Map<String, Value>) {
        let patterns = schema["patternProperties"].as_object();
        let element = patterns.and_then(|map| map.values().next());
        let read = element.and_then(|element| self.node(element, &entry.value));
        if entry.key.parse::<crate::syntax::Cite>().is_err() {
            let message = format!("`{}` is not a citation", entry.key);
            let finding = Diagnostic::new(code::WRONG_TYPE, message, entry.key_span.clone());
            self.found.push(finding.help(CITE));
        } else if let Some(value) = read {
            made.insert(entry.key.clone(), value);
        }
    }

    /// A key that the language does not have here; the value stands under the
    /// key that was meant, when that is clear.
    fn unknown(
        &mut self,
        schema: &'s Value,
        node: &Node,
        entry: &Entry,
        before: Option<&Entry>,
        made: &mut Map<String, Value>,
    ) {
        let known = schema.get("properties").and_then(Value::as_object);
        let keys: Vec<&str> = known
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
            .collect();
        let at = entry.key_span.clone();
        if entry.value.kind == Kind::Null && entry.key.contains(' ') {
            let message = format!(
                "`{}` is no key: a text with a comma wants quotes",
                entry.key
            );
            let finding = Diagnostic::new(code::UNKNOWN_KEY, message, at);
            let text = before.and_then(|one| match &one.value.kind {
                Kind::Text(text) => Some(format!("write `{}: \"{text}, {}\"`", one.key, entry.key)),
                _ => None,
            });
            self.found.push(match text {
                Some(help) => finding.help(help),
                None => finding.help("put the whole text in quotes"),
            });
            return;
        }
        let successor = successor(&entry.key).filter(|key| keys.contains(key));
        let other = renamed(&entry.key).filter(|(key, _)| keys.contains(key));
        let near = nearest(&entry.key, keys.iter().copied());
        let finding = Diagnostic::new(
            code::UNKNOWN_KEY,
            format!("unknown key `{}`", entry.key),
            at,
        );
        let (meant, help) = match (successor, other, near) {
            (Some(key), ..) => (Some(key), format!("it is called `{key}` now")),
            (_, Some((key, write)), _) => (Some(key), format!("here it is `{key}`: write {write}")),
            (.., Some(key)) => (Some(key), format!("did you mean `{key}`?")),
            _ => (None, format!("keys here: {}", keys.join(", "))),
        };
        self.found.push(finding.help(help));
        let free = meant.filter(|key| node.get(key).is_none() && !made.contains_key(*key));
        let property = free.and_then(|key| Some((key, self.property(schema, key)?)));
        if let Some((key, property)) = property.filter(|(_, one)| self.may_fit(one, &entry.value)) {
            let read = self.node(property, &entry.value);
            made.extend(read.map(|value| (key.to_owned(), value)));
        }
    }

    /// A value of the least that `schema` takes.
    pub(super) fn placeholder(&self, schema: &'s Value) -> Value {
        let schema = self.resolve(schema);
        if let Some(first) = branches(schema).and_then(<[Value]>::first) {
            return self.placeholder(first);
        }
        if let Some(word) = constant(schema) {
            return word.into();
        }
        if let Some(word) = schema.get("enum").and_then(|words| words.get(0)) {
            return word.clone();
        }
        let ty = match schema.get("type") {
            Some(Value::Array(types)) => types.first().and_then(Value::as_str),
            ty => ty.and_then(Value::as_str),
        };
        match ty {
            Some("object") => {
                let required = schema.get("required").and_then(Value::as_array);
                let keys = required.into_iter().flatten().filter_map(Value::as_str);
                let member = |key| {
                    Some((
                        String::from(key),
                        self.placeholder(self.property(schema, key)?),
                    ))
                };
                Value::Object(keys.filter_map(member).collect())
            }
            Some("array") => Value::Array(Vec::new()),
            Some("string") if schema.get("pattern").is_some() => "1".into(),
            Some("string") => "".into(),
            Some("integer" | "number") => {
                schema.get("minimum").cloned().unwrap_or_else(|| 0.into())
            }
            Some("boolean") => false.into(),
            _ => Value::Null,
        }
    }
}
