//! Lists: what filters select and how objects are ordered.

use std::cmp::Ordering;

use fieldproof_spec::model::{Field, Filter, IdKind, Op, Order, Resource, Type};
use serde_json::{Map, Value};

use super::fold::fold;
use super::service::Record;
use super::time::{instant, moment, zoned_moment};
use super::value::{external, number};

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Filters by name with their text.
    pub filters: Vec<(String, String)>,
    /// The sort key, when one is named.
    pub sort: Option<String>,
    /// Largest first.
    pub descending: bool,
}

/// Whether `object` is selected by `filter` with `text`.
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

/// Whether a joined field is the text with its parts in another order.
fn joined(resource: &Resource, filter: &Filter, text: &str, object: &Map<String, Value>) -> bool {
    let Some(field) = resource.field(&filter.field) else {
        return false;
    };
    let parts = filter.or_join.iter();
    let parts = parts.filter_map(|part| object.get(part)?.as_str());
    let parts: Vec<&str> = parts.filter(|part| !part.trim().is_empty()).collect();
    !filter.or_join.is_empty() && equals(field, filter.op, text, &parts.join(" ").into())
}

/// How a value stands to the text of a filter; `null` stands nowhere.
fn order(field: &Field, value: &Value, text: &str) -> Option<Ordering> {
    match (&field.ty, value) {
        (Type::DateTime(form), Value::String(value)) => {
            Some(instant(*form, value)?.cmp(&moment(text)?))
        }
        (ty @ Type::ZonedTime { .. }, value) => Some(zoned_moment(ty, value)?.cmp(&moment(text)?)),
        (Type::Id, Value::String(value)) => {
            Some(value.parse::<i64>().ok()?.cmp(&text.parse().ok()?))
        }
        (_, Value::Number(value)) => match (value.as_i64(), text.parse::<i64>()) {
            (Some(value), Ok(asked)) => Some(value.cmp(&asked)),
            _ => value.as_f64()?.partial_cmp(&text.parse().ok()?),
        },
        _ => None,
    }
}

fn equals(field: &Field, op: Op, text: &str, value: &Value) -> bool {
    match (&field.ty, value) {
        (_, Value::Null) => false,
        (Type::Boolean, Value::Bool(flag)) => matches!(
            (text.to_lowercase().as_str(), flag),
            ("1" | "true", true) | ("0" | "false", false)
        ),
        (Type::Integer { .. }, Value::Number(number)) => number.as_i64() == text.parse().ok(),
        (Type::Decimal { .. }, Value::Number(number)) => number.as_f64() == text.parse().ok(),
        (Type::DateTime(form), Value::String(value)) => {
            moment(text).is_some() && moment(text) == instant(*form, value)
        }
        (Type::ExternalId, Value::String(value)) => external(text) == external(value),
        (Type::Id, Value::String(value)) => text.to_lowercase() == *value,
        (ty, Value::String(value)) if has_phone(ty) => fold(&dialled(text)) == fold(value),
        (_, Value::String(value)) if op == Op::EqualsFolded => fold(text) == fold(value),
        (_, Value::String(value)) => text == value,
        _ => false,
    }
}

fn has_phone(ty: &Type) -> bool {
    match ty {
        Type::Phone => true,
        Type::Choice { of, .. } => of.iter().any(|(_, ty)| has_phone(ty)),
        _ => false,
    }
}

/// A number in its one form; the blank that `+` reads as in a query is one.
fn dialled(text: &str) -> String {
    let digits = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let plus = text
        .strip_prefix(' ')
        .filter(|rest| digits(rest))
        .map(|rest| format!("+{rest}"));
    let text = plus.unwrap_or_else(|| text.to_owned());
    number(&text).unwrap_or(text)
}

/// Orders two objects by `key`, smallest first, `null` last.
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
            values(resource.field(key), &value(one), &value(other))
        }
    };
    by_key.then_with(|| place(resource, one).cmp(&place(resource, other)))
}

/// What identifiers are ordered by: numbers as numbers, others as text. Those
/// that a check does not know stand in the order of creation.
fn place(resource: &Resource, record: &Record) -> (String, u64) {
    (rank(resource, &record.id), record.order)
}

/// An identifier as a text that stands where it does.
pub(super) fn rank(resource: &Resource, id: &str) -> String {
    match resource.id_kind {
        IdKind::Increasing => format!("{id:0>20}"),
        IdKind::Hex24 | IdKind::Digits => id.to_owned(),
    }
}

fn values(field: Option<&Field>, one: &Value, other: &Value) -> Ordering {
    let ty = field.map(|field| &field.ty);
    match (one, other) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        (Value::Number(one), Value::Number(other)) => match (one.as_i64(), other.as_i64()) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ => {
                let number = |number: &serde_json::Number| number.as_f64().unwrap_or_default();
                number(one).total_cmp(&number(other))
            }
        },
        (Value::String(one), Value::String(other)) => match ty {
            Some(Type::DateTime(form)) => instant(*form, one).cmp(&instant(*form, other)),
            Some(Type::ExternalId) => external(one).cmp(&external(other)),
            // By code point: UTF-16 order would put emoji before some letters.
            _ => fold(one)
                .chars()
                .cmp(fold(other).chars())
                .then_with(|| one.chars().cmp(other.chars())),
        },
        _ => Ordering::Equal,
    }
}

/// The records in the order that `question` asks for.
#[must_use]
pub fn ordered<'r>(
    resource: &Resource,
    question: &Question,
    records: Vec<&'r Record>,
) -> Vec<&'r Record> {
    let mut records = records;
    let created = resource
        .times
        .as_ref()
        .map_or(resource.id.as_str(), |times| times.created.as_str());
    let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
    let key = question
        .sort
        .as_deref()
        .or(sort.map(|sort| sort.default.as_str()))
        .unwrap_or(created);
    records.sort_by(|one, other| compare(resource, key, one, other));
    if question.descending {
        records.reverse();
    }
    records
}

/// The direction when the client names none.
pub(super) fn default_descending(resource: &Resource) -> bool {
    let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
    sort.is_some_and(|sort| sort.default_order == Order::Desc)
}
