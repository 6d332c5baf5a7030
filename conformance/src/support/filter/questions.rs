//! Filter texts to ask.

use fieldproof_spec::model::{Asks, Field, Filter};
use serde_json::Value;

use crate::harness::{Fixture, Harness};
use crate::kind::kind;

/// Words and parts of words from every searched field, alone and combined.
fn parts_of_words(filter: &Filter, made: &Fixture) -> Vec<String> {
    let names = std::iter::once(&filter.field).chain(&filter.or);
    let texts: Vec<&str> = names
        .filter_map(|name| made.shown.get(name)?.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let middle = |text: &str| {
        let count = text.chars().count();
        text.chars()
            .skip(1)
            .take(count.saturating_sub(2))
            .collect::<String>()
    };
    let mut all: Vec<String> = texts.iter().map(|text| text.to_uppercase()).collect();
    all.extend(
        texts
            .iter()
            .map(|text| middle(text))
            .filter(|text| text.chars().count() > 2),
    );
    if let [first, .., last] = texts.as_slice() {
        all.push(format!("{} {}", middle(last), first.to_lowercase()));
        all.push(format!("{first} zzzz"));
    }
    all
}

/// Filter texts derived from one object.
pub(crate) fn questions(field: &Field, filter: &Filter, made: &Fixture) -> Vec<String> {
    let value = made.shown.get(&field.name).cloned().unwrap_or_default();
    if filter.op.asks() == Asks::Words {
        return parts_of_words(filter, made);
    }
    let mut all = match value {
        Value::Array(items) if filter.op.asks() == Asks::Several => together(&items),
        Value::Array(_) => Vec::new(),
        one => kind(&field.ty).questions(&one, filter.op.asks()),
    };
    if !all.is_empty() && !filter.or_join.is_empty() {
        let parts = filter.or_join.iter();
        let parts = parts.filter_map(|part| made.shown.get(part)?.as_str());
        all.push(parts.collect::<Vec<_>>().join(" "));
    }
    all
}

/// Each text of a list, and all of them in both orders.
fn together(items: &[Value]) -> Vec<String> {
    let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    let mut all: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    if texts.len() > 1 {
        all.push(texts.join(","));
        all.push(texts.iter().rev().copied().collect::<Vec<_>>().join(", "));
    }
    all
}

/// Filter texts that are independent of existing objects: every value of a closed list, and
/// values that no object has.
pub(crate) fn strangers(harness: &Harness<'_>, field: &Field, filter: &Filter) -> Vec<String> {
    kind(&field.ty).strangers(harness.api, filter.op.asks(), harness)
}
