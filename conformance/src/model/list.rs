//! Lists: which objects filters select, and how objects are ordered.

use std::cmp::Ordering;

use fieldproof_spec::model::{Field, Filter, Op, Order, Resource, TextOrder};
use serde_json::{Map, Value};

use super::fold::fold;
use super::service::Record;
use crate::kind::kind;

/// The filters and the order that a list request asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Filter names with their texts.
    pub filters: Vec<(String, String)>,
    /// The sort key, if the client names one.
    pub sort: Option<String>,
    /// Whether the order is descending.
    pub descending: bool,
}

/// Whether `filter` with `text` selects `object`.
#[must_use]
pub fn matches(
    resource: &Resource,
    filter: &Filter,
    text: &str,
    object: &Map<String, Value>,
) -> bool {
    let names = std::iter::once(&filter.field).chain(&filter.or);
    let one = |test: &dyn Fn(&Field, &Value) -> bool| {
        names.clone().any(|name| {
            let field = resource.field(name);
            field.is_some_and(|field| test(field, object.get(name).unwrap_or(&Value::Null)))
        })
    };
    match filter.op {
        Op::Greater => one(&|field, value| order(field, value, text) == Some(Ordering::Greater)),
        Op::AtLeast => one(&|field, value| order(field, value, text).is_some_and(Ordering::is_ge)),
        Op::AtMost => one(&|field, value| order(field, value, text).is_some_and(Ordering::is_le)),
        Op::Less => one(&|field, value| order(field, value, text).is_some_and(Ordering::is_lt)),
        Op::ContainsWords => {
            let names = std::iter::once(&filter.field).chain(&filter.or);
            let texts: Vec<String> = names
                .filter_map(|name| Some(fold(object.get(name)?.as_str()?)))
                .collect();
            let holds = |word: &str| texts.iter().any(|text| text.contains(&fold(word)));
            text.split_whitespace().all(holds)
        }
        Op::HasAll => one(&|_, value| {
            let own = value.as_array().map_or(&[][..], Vec::as_slice);
            let mut all = text.split(',');
            all.all(|one| own.iter().any(|value| value == one.trim()))
        }),
        Op::Equals | Op::EqualsFolded => {
            one(&|field, value| equals(field, filter.op, text, value))
                || joined(resource, filter, text, object)
        }
    }
}

/// Whether the parts of a joined field, joined in the order of `or_join`, equal the text.
fn joined(resource: &Resource, filter: &Filter, text: &str, object: &Map<String, Value>) -> bool {
    let Some(field) = resource.field(&filter.field) else {
        return false;
    };
    let parts = filter.or_join.iter();
    let parts = parts.filter_map(|part| object.get(part)?.as_str());
    let parts: Vec<&str> = parts.filter(|part| !part.trim().is_empty()).collect();
    !filter.or_join.is_empty() && equals(field, filter.op, text, &parts.join(" ").into())
}

/// How a value compares to the text of a filter; `None` for `null`.
fn order(field: &Field, value: &Value, text: &str) -> Option<Ordering> {
    kind(&field.ty).order(value, text)
}

fn equals(field: &Field, op: Op, text: &str, value: &Value) -> bool {
    kind(&field.ty).equals(value, text, op == Op::EqualsFolded)
}

/// Compares two objects by `key`, ascending, with `null` last.
#[must_use]
pub fn compare(resource: &Resource, key: &str, one: &Record, other: &Record) -> Ordering {
    let times = resource.times.as_ref();
    let by_key = match key {
        key if key == resource.id => Ordering::Equal,
        key if times.is_some_and(|times| times.created == key) => one.created.cmp(&other.created),
        key if times.is_some_and(|times| times.updated == key) => one.updated.cmp(&other.updated),
        key => {
            let null = Value::Null;
            let value = |record: &'_ Record| record.object.get(key).unwrap_or(&null).clone();
            let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
            let points = sort.is_some_and(|sort| sort.texts == TextOrder::CodePoints);
            let (one, other) = (value(one), value(other));
            match (points, &one, &other) {
                (true, Value::String(one), Value::String(other)) => one.cmp(other),
                _ => values(resource.field(key), &one, &other),
            }
        }
    };
    by_key.then_with(|| place(resource, one).cmp(&place(resource, other)))
}

/// The sort position of an identifier: numbers compare as numbers, others as text.
/// Identifiers that rank alike keep the order of creation.
fn place(resource: &Resource, record: &Record) -> (String, u64) {
    (rank(resource, &record.id), record.order)
}

/// A text that sorts in the same place as the identifier.
pub(super) fn rank(resource: &Resource, id: &str) -> String {
    resource.id_kind.rank(id)
}

fn values(field: Option<&Field>, one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        _ => field.map_or(Ordering::Equal, |field| kind(&field.ty).compare(one, other)),
    }
}

/// Sorts the records in the order that `question` asks for.
#[must_use]
pub fn ordered<'r>(
    resource: &Resource,
    question: &Question,
    records: Vec<&'r Record>,
) -> Vec<&'r Record> {
    let mut records = records;
    let key = key(resource, question);
    records.sort_by(|one, other| compare(resource, key, one, other));
    if question.descending {
        records.reverse();
    }
    records
}

/// The key that a list is sorted by: the requested one, otherwise the documented one,
/// otherwise the creation time. A list whose pages continue after an identifier is sorted
/// by the identifier by default.
pub(crate) fn key<'q>(resource: &'q Resource, question: &'q Question) -> &'q str {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    let by_id = page.is_some_and(|(page, _)| page.is_by_id());
    let times = resource.times.as_ref().filter(|_| !by_id);
    let created = times.map_or(resource.id.as_str(), |times| times.created.as_str());
    let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
    question
        .sort
        .as_deref()
        .or(sort.map(|sort| sort.default.as_str()))
        .unwrap_or(created)
}

/// Whether the default order is descending, when the client names none.
pub(super) fn default_descending(resource: &Resource) -> bool {
    let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
    sort.is_some_and(|sort| sort.default_order == Order::Desc)
}
