//! The structural check: a tree against the JSON Schema of the language.
//!
//! The schema is the single statement of which keys exist and what they take,
//! so what the editor accepts and what the reader accepts cannot differ. The
//! walk understands the part of JSON Schema that schemars emits for the types
//! of this module.

mod former;
mod map;
pub(crate) mod word;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, code, nearest};
use crate::tree::{Kind, Node};

/// Checks `node` against `schema`, adding every disagreement to `found`.
///
/// What comes back is the value with each disagreement mended in the likeliest
/// way, so that the rest can be judged in the same run: what stands at the
/// place of a finding means nothing.
pub fn check(schema: &Value, node: &Node, found: &mut Vec<Diagnostic>) -> Value {
    let mut walk = Walk {
        root: schema,
        found,
    };
    let read = walk.node(schema, node);
    read.unwrap_or_else(|| walk.placeholder(schema))
}

struct Walk<'s, 'f> {
    root: &'s Value,
    found: &'f mut Vec<Diagnostic>,
}

impl<'s> Walk<'s, '_> {
    /// The value of a node; nothing when it is of no use.
    fn node(&mut self, schema: &'s Value, node: &Node) -> Option<Value> {
        let schema = self.resolve(schema);
        if let Some(branches) = branches(schema) {
            return self.branch(branches, node);
        }
        for part in parts(schema).into_iter().flatten() {
            self.node(part, node);
        }
        if !self.fits(schema, node) {
            let message = format!("expected {}, found {}", self.noun(schema), node.noun());
            self.report(code::WRONG_TYPE, message, node, quoted(schema, node));
            return None;
        }
        match &node.kind {
            Kind::Map(_) => return Some(self.map(schema, node)),
            Kind::List(items) => {
                if let Some(item) = schema.get("items") {
                    let read = items.iter().filter_map(|element| self.node(item, element));
                    return Some(read.collect());
                }
            }
            Kind::Text(text) => self.text(schema, text, node)?,
            Kind::Int(number) => self.bounds(schema, *number, node)?,
            _ => {}
        }
        Some(node.to_json())
    }

    fn report(
        &mut self,
        code: &'static crate::diagnostic::Code,
        message: String,
        node: &Node,
        help: Option<String>,
    ) {
        let mut finding = Diagnostic::new(code, message, node.span.clone());
        finding.help = help;
        self.found.push(finding);
    }

    /// Numbers that are too small or too large for what holds them.
    fn bounds(&mut self, schema: &'s Value, number: i64, node: &Node) -> Option<()> {
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
            self.report(code::WRONG_TYPE, message, node, None);
            return None;
        }
        Some(())
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
    fn branch(&mut self, branches: &'s [Value], node: &Node) -> Option<Value> {
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
                let message = format!("expected {}, found {}", nouns.join(" or "), node.noun());
                self.report(code::WRONG_TYPE, message, node, None);
                None
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

    fn words(&mut self, branches: &'s [Value], node: &Node) -> Option<Value> {
        let words: Vec<&str> = branches
            .iter()
            .filter_map(|b| constant(self.resolve(b)))
            .collect();
        if let Kind::Text(text) = &node.kind {
            self.word(&words, text, node)?;
            return Some(text.as_str().into());
        }
        let message = format!("expected one of {}, found {}", listed(&words), node.noun());
        self.report(code::WRONG_TYPE, message, node, None);
        None
    }

    fn word(&mut self, words: &[&str], text: &str, node: &Node) -> Option<()> {
        if words.contains(&text) {
            return Some(());
        }
        let message = format!("`{text}` is not one of {}", listed(words));
        let near = nearest(text, words.iter().copied());
        let help = near.map(|word| format!("did you mean `{word}`?"));
        self.report(code::UNKNOWN_VALUE, message, node, help);
        None
    }

    fn text(&mut self, schema: &'s Value, text: &str, node: &Node) -> Option<()> {
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            self.word(&words, text, node)?;
        }
        if schema.get("pattern").is_some() && text.parse::<super::Cite>().is_err() {
            let message = format!("`{text}` is not a citation");
            self.report(code::WRONG_TYPE, message, node, Some(CITE.to_owned()));
            return None;
        }
        Some(())
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

/// How a citation is written.
const CITE: &str = "write 12, 58-60, or \"guide:37\" for another document";

/// What to do about a number or truth value where a text stands.
fn quoted(schema: &Value, node: &Node) -> Option<String> {
    let text = match &node.kind {
        Kind::Bool(flag) => flag.to_string(),
        Kind::Int(number) => number.to_string(),
        Kind::Float(number) => number.to_string(),
        _ => return None,
    };
    let wanted = schema.get("type").and_then(Value::as_str) == Some("string");
    wanted.then(|| format!("for a text write it in quotes: `\"{text}\"`"))
}

#[cfg(test)]
mod tests;
