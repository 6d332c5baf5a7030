//! Turns a wild spec into one that `check` accepts, by removing whatever findings point at.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fieldproof_spec::diagnostic::Diagnostic;
use fieldproof_spec::lines::Lines;
use fieldproof_spec::model::Api;
use fieldproof_spec::tree::{self, Kind, Node, Span};
use serde_json::Value;

/// A spec without findings.
#[derive(Debug, Clone)]
pub struct Sound {
    /// The spec as a value.
    pub value: Value,
    /// The spec as YAML.
    pub text: String,
    /// Its model.
    pub api: Api,
    /// The number of findings that were resolved by removing something.
    pub cut: usize,
}

/// Number of rounds after which a spec is given up.
const ROUNDS: usize = 80;

/// Removes from `value` what `check` reports; `None` if no valid spec is left.
#[must_use]
pub fn sound(mut value: Value) -> Option<Sound> {
    let mut cut = 0;
    for _ in 0..ROUNDS {
        let (text, found, api) = check(&value);
        if let (Some(api), true) = (api, found.is_empty()) {
            return Some(Sound {
                value,
                text,
                api,
                cut,
            });
        }
        let mut places: Vec<Vec<String>> = places(&text, &found);
        cut += places.len();
        // Later elements of a list are removed first, so that the indexes of others stay valid.
        places.sort_by_key(|path| std::cmp::Reverse(key(path)));
        places.dedup();
        if places.is_empty() || places.contains(&Vec::new()) {
            return None;
        }
        for path in places {
            remove(&mut value, &path);
        }
    }
    None
}

/// Returns the text of a spec, the findings of `check`, and the model if there are none.
#[must_use]
pub fn check(value: &Value) -> (String, Vec<Diagnostic>, Option<Api>) {
    let text = serde_yaml::to_string(value).unwrap_or_default();
    let mut found = Vec::new();
    let api = fieldproof_spec::check(
        "random.yaml",
        folder(),
        &text,
        &Lines::default(),
        &mut found,
    );
    (text, found, api)
}

/// Writes the files to which specs refer into `to`.
///
/// # Errors
/// The folder cannot be written.
pub(crate) fn surroundings(to: &Path) -> std::io::Result<()> {
    fs::write(to.join("grades.tsv"), include_str!("../data/grades.tsv"))
}

/// The folder with the files to which specs refer.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("data"))
}

/// A sort key in which numbers sort by value, so that 10 follows 9.
fn key(path: &[String]) -> Vec<(Option<usize>, String)> {
    path.iter()
        .map(|step| (step.parse().ok(), step.clone()))
        .collect()
}

fn places(text: &str, found: &[Diagnostic]) -> Vec<Vec<String>> {
    let Some(tree) = tree::read(text, &mut Vec::new()).root else {
        return Vec::new();
    };
    let place = |finding: &Diagnostic| {
        let mut path = Vec::new();
        deepest(&tree, &finding.span, &mut path);
        path
    };
    found.iter().map(place).collect()
}

/// The path of the innermost entry or element at `span`.
fn deepest(node: &Node, span: &Span, path: &mut Vec<String>) {
    let within = |outer: &Span| outer.start <= span.start && span.start <= outer.end;
    match &node.kind {
        Kind::Map(entries) => {
            let whole =
                |entry: &&tree::Entry| within(&(entry.key_span.start..entry.value.span.end));
            if let Some(entry) = entries.iter().rfind(whole) {
                path.push(entry.key.clone());
                if !within(&entry.key_span) {
                    deepest(&entry.value, span, path);
                }
            }
        }
        Kind::List(items) => {
            if let Some(at) = items.iter().rposition(|item| within(&item.span)) {
                path.push(at.to_string());
                deepest(&items[at], span, path);
            }
        }
        _ => {}
    }
}

/// Removes the entry or element at `path`; returns whether there was one.
pub(crate) fn remove(value: &mut Value, path: &[String]) -> bool {
    let Some((last, parents)) = path.split_last() else {
        return false;
    };
    let mut holder = value;
    for step in parents {
        let next = match holder {
            Value::Object(map) => map.get_mut(step),
            Value::Array(items) => step.parse().ok().and_then(|at: usize| items.get_mut(at)),
            _ => None,
        };
        let Some(next) = next else { return false };
        holder = next;
    }
    match holder {
        Value::Object(map) => map.shift_remove(last).is_some(),
        Value::Array(items) => match last.parse() {
            Ok(at) if items.len() > at => {
                items.remove(at);
                true
            }
            _ => false,
        },
        _ => false,
    }
}
