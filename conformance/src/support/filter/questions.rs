//! What a filter is asked.

use fieldproof_spec::model::{Field, Filter, Form, Op, Type};
use serde_json::Value;

use crate::lab::{Lab, Made};
use crate::model::{instant, print, zoned_moment};

/// The moment that a member shows.
pub(crate) fn own_moment(field: &Field, value: &Value) -> Option<i64> {
    match field.ty {
        Type::DateTime(form) => instant(form, value.as_str()?),
        _ => zoned_moment(&field.ty, value),
    }
}

/// Moments in every spelling, a little before and a little after.
fn moments(form: Form, text: &str) -> Vec<String> {
    let Some(at) = instant(form, text) else {
        return Vec::new();
    };
    let exact = print(Form::MillisZ, at);
    let plain = exact.trim_end_matches('Z');
    let shifted = print(Form::MillisZ, at + 7_200_000_000);
    let shifted = shifted.trim_end_matches('Z');
    vec![
        print(Form::MillisZ, at - 1_000),
        print(Form::MillisZ, at + 1_000),
        plain.to_owned(),
        format!("{plain}+00:00"),
        format!("{shifted}+02:00"),
        format!("{shifted} 02:00"),
        plain.chars().take(10).collect(),
        exact,
    ]
}

/// Words and parts of them from every field that is searched, alone and together.
fn parts_of_words(filter: &Filter, made: &Made) -> Vec<String> {
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

/// What the filter is asked, from the value of one object.
pub(crate) fn questions(field: &Field, filter: &Filter, made: &Made) -> Vec<String> {
    let value = made.shown.get(&field.name).cloned().unwrap_or_default();
    if filter.op == Op::ContainsWords {
        return parts_of_words(filter, made);
    }
    match value {
        Value::Bool(flag) => {
            let spellings: [&str; 3] = if flag {
                ["1", "true", "TRUE"]
            } else {
                ["0", "false", "False"]
            };
            spellings.iter().map(|text| (*text).to_owned()).collect()
        }
        Value::String(text) if filter.op != Op::Equals && field.ty == Type::Id => {
            let number: i64 = text.parse().unwrap_or_default();
            let near = [number - 1, number, number + 1, 0, -1];
            near.iter().map(ToString::to_string).collect()
        }
        Value::String(text) if matches!(field.ty, Type::DateTime(_)) => match field.ty {
            Type::DateTime(form) => moments(form, &text),
            _ => Vec::new(),
        },
        Value::String(text) if filter.op == Op::Equals && matches!(field.ty, Type::Values(_)) => {
            vec![text]
        }
        Value::String(text) => {
            let mut all = vec![text.clone(), text.to_uppercase(), text.to_lowercase()];
            // Folding equates more than lower case does.
            all.extend(text.contains('ς').then(|| text.replace('ς', "Σ")));
            if let Some(digits) = text.strip_prefix('+') {
                all.push(format!(" {digits}"));
                let (front, back): (String, String) = (
                    digits.chars().take(3).collect(),
                    digits.chars().skip(3).collect(),
                );
                all.push(format!("+{front} {back}"));
            }
            if text.chars().count() > 3 {
                all.push(text.chars().take(text.chars().count() - 1).collect());
                all.push(text.chars().skip(1).collect());
            }
            if !filter.or_join.is_empty() {
                let parts = filter
                    .or_join
                    .iter()
                    .filter_map(|part| made.shown.get(part)?.as_str());
                all.push(parts.collect::<Vec<_>>().join(" "));
            }
            all
        }
        Value::Number(number) => vec![number.to_string()],
        Value::Array(items) if filter.op == Op::HasAll => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            let mut all: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            if texts.len() > 1 {
                all.push(texts.join(","));
                all.push(texts.iter().rev().copied().collect::<Vec<_>>().join(", "));
            }
            all
        }
        zoned if matches!(field.ty, Type::ZonedTime { .. }) => {
            match zoned_moment(&field.ty, &zoned) {
                Some(at) => moments(Form::MillisZ, &print(Form::MillisZ, at)),
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// What a filter can be asked beside the values of objects: of a closed list
/// every value, and values that nothing has.
pub(crate) fn strangers(lab: &Lab<'_>, field: &Field, filter: &Filter) -> Vec<String> {
    let keys = |table: &str, column: &str| {
        let rows = lab.api.table(table).map_or(&[][..], |table| &table.rows);
        rows.iter()
            .filter_map(|row| row.get(column)?.as_str().map(str::to_owned))
            .collect()
    };
    match &field.ty {
        Type::Values(values) => values.clone(),
        Type::Preset(name) => lab.api.preset(name).to_vec(),
        Type::Boolean => vec!["true".to_owned(), "false".to_owned()],
        Type::Key { table, column } => keys(table, column),
        Type::Integer { .. } | Type::Decimal { .. } => {
            vec![
                "0".to_owned(),
                "1".to_owned(),
                "-1".to_owned(),
                "1000000".to_owned(),
            ]
        }
        Type::DateTime(_) | Type::ZonedTime { .. } => {
            vec![
                "1980-01-01T00:00:00Z".to_owned(),
                "2980-01-01T00:00:00Z".to_owned(),
            ]
        }
        Type::Id if filter.op != Op::Equals => {
            vec!["0".to_owned(), "999999999999999999".to_owned()]
        }
        _ => vec![lab.word()],
    }
}
