//! The structural check: a tree against the JSON Schema of the language.
//!
//! The schema is the single statement of which keys exist and what they take,
//! so what the editor accepts and what the reader accepts cannot differ. The
//! walk understands the part of JSON Schema that schemars emits for the types
//! of this module.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, code, nearest};
use crate::tree::{Kind, Node};

/// Checks `node` against `schema`, adding every disagreement to `found`.
pub fn check(schema: &Value, node: &Node, found: &mut Vec<Diagnostic>) {
    Walk {
        root: schema,
        found,
    }
    .node(schema, node);
}

struct Walk<'s, 'f> {
    root: &'s Value,
    found: &'f mut Vec<Diagnostic>,
}

impl<'s> Walk<'s, '_> {
    fn node(&mut self, schema: &'s Value, node: &Node) {
        let schema = self.resolve(schema);
        if let Some(branches) = branches(schema) {
            return self.branch(branches, node);
        }
        for part in parts(schema).into_iter().flatten() {
            self.node(part, node);
        }
        if !self.fits(schema, node) {
            self.found.push(Diagnostic::new(
                code::WRONG_TYPE,
                format!("expected {}, found {}", self.noun(schema), node.noun()),
                node.span.clone(),
            ));
            return;
        }
        match &node.kind {
            Kind::Map(_) => self.map(schema, node),
            Kind::List(items) => {
                if let Some(item) = schema.get("items") {
                    for element in items {
                        self.node(item, element);
                    }
                }
            }
            Kind::Text(text) => self.text(schema, text, node),
            Kind::Int(number) => self.bounds(schema, *number, node),
            _ => {}
        }
    }

    /// Numbers that are too small or too large for what holds them.
    fn bounds(&mut self, schema: &'s Value, number: i64, node: &Node) {
        let named = match schema.get("format").and_then(Value::as_str) {
            Some("uint16") => (0, i64::from(u16::MAX)),
            Some("uint32" | "uint") => (0, i64::from(u32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let bound = |key: &str| {
            schema
                .get(key)
                .and_then(Value::as_f64)
                .map(|bound| bound as i64)
        };
        let least = bound("minimum").unwrap_or(i64::MIN).max(named.0);
        let most = bound("maximum").unwrap_or(i64::MAX).min(named.1);
        if !(least..=most).contains(&number) {
            let message = format!("expected a whole number from {least} to {most}, found {number}");
            let finding = Diagnostic::new(code::WRONG_TYPE, message, node.span.clone());
            self.found.push(finding);
        }
    }

    /// Follows `$ref` to the definition it names. A description stands beside
    /// a `$ref` only as the one part of an `allOf`.
    fn resolve(&self, mut schema: &'s Value) -> &'s Value {
        loop {
            if let Some([only]) = parts(schema) {
                schema = only;
            }
            let path = schema.get("$ref").and_then(Value::as_str);
            let target = path.and_then(|path| self.root.pointer(path.strip_prefix('#')?));
            match target {
                Some(target) => schema = target,
                None => return schema,
            }
        }
    }

    /// Picks the alternative whose kind fits, so that a message is about what
    /// the author meant and not about every way of not matching.
    fn branch(&mut self, branches: &'s [Value], node: &Node) {
        if branches.iter().all(|b| constant(self.resolve(b)).is_some()) {
            return self.words(branches, node);
        }
        let mut fitting = branches.iter().filter(|branch| self.may_fit(branch, node));
        // Of several kinds of map, the one whose key is there is meant.
        let keyed = |branch: &&Value| {
            let required = self
                .resolve(branch)
                .get("required")
                .and_then(Value::as_array);
            let mut keys = required.into_iter().flatten().filter_map(Value::as_str);
            keys.all(|key| node.get(key).is_some())
        };
        let fitting = fitting.clone().find(keyed).or_else(|| fitting.next());
        match fitting {
            Some(branch) => self.node(branch, node),
            None => {
                let mut nouns: Vec<String> = Vec::new();
                for branch in branches {
                    let noun = self.noun(self.resolve(branch));
                    if !nouns.contains(&noun) {
                        nouns.push(noun);
                    }
                }
                self.found.push(Diagnostic::new(
                    code::WRONG_TYPE,
                    format!("expected {}, found {}", nouns.join(" or "), node.noun()),
                    node.span.clone(),
                ));
            }
        }
    }

    /// Whether the kind of `node` is one that `schema` or an alternative of it takes.
    fn may_fit(&self, schema: &'s Value, node: &Node) -> bool {
        let schema = self.resolve(schema);
        match branches(schema) {
            Some(inner) => inner.iter().any(|inner| self.may_fit(inner, node)),
            None => self.fits(schema, node),
        }
    }

    fn words(&mut self, branches: &'s [Value], node: &Node) {
        let words: Vec<&str> = branches
            .iter()
            .filter_map(|b| constant(self.resolve(b)))
            .collect();
        match &node.kind {
            Kind::Text(text) => self.word(&words, text, node),
            _ => self.found.push(Diagnostic::new(
                code::WRONG_TYPE,
                format!("expected one of {}, found {}", listed(&words), node.noun()),
                node.span.clone(),
            )),
        }
    }

    fn word(&mut self, words: &[&str], text: &str, node: &Node) {
        if words.contains(&text) {
            return;
        }
        let finding = Diagnostic::new(
            code::UNKNOWN_VALUE,
            format!("`{text}` is not one of {}", listed(words)),
            node.span.clone(),
        );
        self.found.push(match nearest(text, words.iter().copied()) {
            Some(word) => finding.help(format!("did you mean `{word}`?")),
            None => finding,
        });
    }

    fn text(&mut self, schema: &'s Value, text: &str, node: &Node) {
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            self.word(&words, text, node);
        }
        if schema.get("pattern").is_some() && text.parse::<super::Cite>().is_err() {
            self.found.push(
                Diagnostic::new(
                    code::WRONG_TYPE,
                    format!("`{text}` is not a citation"),
                    node.span.clone(),
                )
                .help("write 12, 58-60, or \"guide:37\" for another document"),
            );
        }
    }

    fn map(&mut self, schema: &'s Value, node: &Node) {
        let empty = Map::new();
        let known = schema
            .get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        let open = schema.get("additionalProperties");
        for entry in node.entries() {
            match (known.get(&entry.key), open) {
                (Some(_), _) => {
                    // Borrowed again from the schema, which outlives `known`.
                    if let Some(property) = schema["properties"].get(&entry.key) {
                        self.node(property, &entry.value);
                    }
                }
                // Patterns of keys are those of citations.
                (None, _) if schema.get("patternProperties").is_some() => {
                    if entry.key.parse::<super::Cite>().is_err() {
                        let message = format!("`{}` is not a citation", entry.key);
                        let finding =
                            Diagnostic::new(code::WRONG_TYPE, message, entry.key_span.clone());
                        self.found.push(
                            finding.help("write 12, 58-60, or \"guide:37\" for another document"),
                        );
                    }
                    if let Some(element) = schema["patternProperties"]
                        .as_object()
                        .and_then(|map| map.values().next())
                    {
                        self.node(element, &entry.value);
                    }
                }
                (None, Some(Value::Bool(false))) => {
                    let keys: Vec<&str> = known.keys().map(String::as_str).collect();
                    let finding = Diagnostic::new(
                        code::UNKNOWN_KEY,
                        format!("unknown key `{}`", entry.key),
                        entry.key_span.clone(),
                    );
                    self.found
                        .push(match nearest(&entry.key, keys.iter().copied()) {
                            Some(key) => finding.help(format!("did you mean `{key}`?")),
                            None => finding.help(format!("keys here: {}", keys.join(", "))),
                        });
                }
                (None, Some(element @ Value::Object(_))) => self.node(element, &entry.value),
                (None, _) => {}
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        for key in required.into_iter().flatten().filter_map(Value::as_str) {
            if node.get(key).is_none() {
                self.found.push(Diagnostic::new(
                    code::MISSING_KEY,
                    format!("the key `{key}` is missing"),
                    node.span.clone(),
                ));
            }
        }
    }

    /// Whether the kind of `node` is one that `schema` takes.
    fn fits(&self, schema: &Value, node: &Node) -> bool {
        let fits = |ty: &str| match &node.kind {
            Kind::Null => ty == "null",
            Kind::Bool(_) => ty == "boolean",
            Kind::Int(_) => ty == "integer" || ty == "number",
            Kind::Float(_) => ty == "number",
            Kind::Text(_) => ty == "string",
            Kind::List(_) => ty == "array",
            Kind::Map(_) => ty == "object",
        };
        if constant(schema).is_some() {
            return matches!(node.kind, Kind::Text(_));
        }
        match schema.get("type") {
            Some(Value::String(ty)) => fits(ty),
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).any(fits),
            _ => true,
        }
    }

    fn noun(&self, schema: &Value) -> String {
        let word = |ty: &str| match ty {
            "null" => "nothing",
            "boolean" => "a boolean",
            "integer" => "a whole number",
            "number" => "a number",
            "array" => "a list",
            "object" => "a map",
            _ => "text",
        };
        match schema.get("type") {
            Some(Value::String(ty)) => word(ty).to_owned(),
            Some(Value::Array(types)) => {
                let words = types
                    .iter()
                    .filter_map(Value::as_str)
                    .filter(|ty| *ty != "null");
                words.map(word).collect::<Vec<_>>().join(" or ")
            }
            _ => "another kind of value".to_owned(),
        }
    }
}

fn branches(schema: &Value) -> Option<&[Value]> {
    let found = schema.get("anyOf").or_else(|| schema.get("oneOf"))?;
    found.as_array().map(Vec::as_slice)
}

fn parts(schema: &Value) -> Option<&[Value]> {
    schema.get("allOf")?.as_array().map(Vec::as_slice)
}

fn constant(schema: &Value) -> Option<&str> {
    if let Some(word) = schema.get("const") {
        return word.as_str();
    }
    match schema.get("enum").and_then(Value::as_array) {
        Some(words) if words.len() == 1 => words[0].as_str(),
        _ => None,
    }
}

fn listed(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
