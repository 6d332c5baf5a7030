//! Rendering of the templates of notifications.

use fieldproof_spec::value::template::{fill, pieces};
use jsonpath_rust::JsonPath;
use jsonpath_rust::parser::model::{Segment, Selector};
use jsonpath_rust::parser::parse_json_path;
use jsonpath_rust::query::QueryRef;
use serde_json::Value;

/// The data that templates are filled with.
#[derive(Debug)]
pub(crate) struct Data {
    /// The data that everybody sees.
    pub(crate) open: Value,
    /// The same data, including members that only the owner of the template sees; used for
    /// paths that name members.
    pub(crate) named: Option<Value>,
}

impl Data {
    /// The values that a path selects. Only a path made of names alone can select a scoped
    /// member itself; any value that contains such a member is shown without it.
    fn query<'v>(&'v self, path: &str) -> Vec<&'v Value> {
        let named = self.named.as_ref().filter(|_| names(path));
        let Some(named) = named else {
            return self.open.query(path).unwrap_or_default();
        };
        let found = named.query_with_path(path).unwrap_or_default();
        let shown = |one: QueryRef<'v, Value>| {
            let open = self.open.query(&one.path).unwrap_or_default();
            open.first().copied().unwrap_or(one.val)
        };
        found.into_iter().map(shown).collect()
    }
}

/// Whether a path consists of member names alone.
fn names(path: &str) -> bool {
    let step = |segment: &Segment| match segment {
        Segment::Selector(Selector::Name(_)) => true,
        Segment::Selectors(all) => all.iter().all(|one| matches!(one, Selector::Name(_))),
        _ => false,
    };
    parse_json_path(path).is_ok_and(|query| query.segments.iter().all(step))
}

/// Renders the template with values of `data` for its paths, as JSON text.
pub(crate) fn render(template: &Value, data: &Data) -> String {
    match template {
        Value::String(text) => fill(
            &pieces(text).unwrap_or_default(),
            &|path, inside| match inside {
                true => escaped(&plain(path, data)),
                false => typed(path, data).to_string(),
            },
        ),
        other => inside(other, data).to_string(),
    }
}

/// Fills in the texts of a nested value.
fn inside(template: &Value, data: &Data) -> Value {
    match template {
        Value::String(text) => {
            let pieces = pieces(text).unwrap_or_default();
            fill(&pieces, &|path, _| plain(path, data)).into()
        }
        Value::Array(items) => items.iter().map(|item| inside(item, data)).collect(),
        Value::Object(members) => {
            let filled = |(name, item): (&String, &Value)| (name.clone(), inside(item, data));
            Value::Object(members.iter().map(filled).collect())
        }
        other => other.clone(),
    }
}

/// The selected values as JSON: `null` for none, an array for several.
pub(crate) fn typed(path: &str, data: &Data) -> Value {
    let mut found = data.query(path);
    match found.len() {
        0 => Value::Null,
        1 => found.remove(0).clone(),
        _ => found.into_iter().cloned().collect(),
    }
}

/// The first selected value as text; empty for none and for `null`.
pub(crate) fn plain(path: &str, data: &Data) -> String {
    let found = data.query(path);
    match found.first() {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn escaped(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}
