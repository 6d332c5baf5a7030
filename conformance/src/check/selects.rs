//! What filters select.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Field, Filter, Form, Op, Resource, Type};
use serde_json::{Map, Value, json};

use super::duty::{filters, lone, room};
use super::updated::other_value;
use super::{Check, Duty};
use crate::lab::{Ask, Lab, Made, Stop};
use crate::model::{instant, matches, print};

pub(super) static CHECK: Check = Check {
    name: "selects",
    about: "The filter selects exactly the objects that the reference model selects, among objects that tell it from \
            its plausible wrong twins: prefix, suffix, other case, other fold, SQL wildcards, blanks, `null`.",
    oblige: |api| filters(api, |_, _| true),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, filter) = (duty.resource(lab.api), duty.filter(lab.api));
    let Some(field) = resource.field(&filter.field) else {
        return Ok(());
    };
    let above = lab.make_above(resource)?;
    let made = match resource.create {
        Some(_) => separating(lab, resource, field, &above)?,
        None => lab.given(resource)?,
    };
    let own: Vec<String> = made.iter().map(|one| one.id().to_owned()).collect();
    let collection = crate::lab::collection(resource, &above);
    let mut texts = BTreeSet::new();
    for one in &made {
        texts.extend(questions(field, filter, one));
    }
    let mut told_apart = false;
    for text in texts {
        let expected: BTreeSet<String> = made
            .iter()
            .filter(|one| matches(resource, filter, &text, &one.shown))
            .map(|one| one.id().to_owned())
            .collect();
        told_apart |= !expected.is_empty() && expected.len() < made.len();
        let query = format!("{}={}", encode(&duty.member), encode(&text));
        let found: BTreeSet<String> = lab
            .walk(resource, &collection, &query, &own)?
            .into_iter()
            .collect();
        if found != expected {
            let show = |ids: &BTreeSet<String>| {
                let values = made
                    .iter()
                    .filter(|one| ids.contains(one.id()))
                    .map(|one| one.shown.get(&field.name).cloned());
                Value::Array(values.map(Option::unwrap_or_default).collect())
            };
            return lab.fail(format!(
                "`{text}` selects {}, got {}",
                show(&expected),
                show(&found)
            ));
        }
    }
    match told_apart {
        true => {
            let ranged = matches!(filter.op, Op::Greater | Op::AtLeast);
            refuses(lab, field, ranged, &collection, &duty.member)
        }
        false => Err(Stop::Inconclusive(
            "no question told the filter from none at all".to_owned(),
        )),
    }
}

/// Objects whose values tell the filter from its wrong twins.
fn separating(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    above: &[String],
) -> Result<Vec<Made>, Stop> {
    let parts: Vec<&Field> = match &field.derive {
        Some(fieldproof_spec::model::Derive::Join(parts)) => parts
            .iter()
            .filter_map(|part| resource.field(part))
            .collect(),
        _ => vec![field],
    };
    if !field.on_create() && field.derive.is_none() {
        return stamped(lab, resource, field, above);
    }
    let mut bodies: Vec<Map<String, Value>> = Vec::new();
    let written = parts.iter().all(|part| part.on_create());
    if parts.len() > 1 && written {
        let words: Vec<String> = parts.iter().map(|_| lab.word()).collect();
        let all = |order: &[usize]| -> Map<String, Value> {
            parts
                .iter()
                .zip(order)
                .map(|(part, at)| (part.name.clone(), words[*at].clone().into()))
                .collect()
        };
        let straight: Vec<usize> = (0..parts.len()).collect();
        let turned: Vec<usize> = straight.iter().rev().copied().collect();
        bodies.push(all(&straight));
        bodies.push(all(&turned));
        bodies.push(all(&straight).into_iter().take(1).collect());
        bodies.push(
            all(&straight)
                .into_iter()
                .map(|(name, value)| (name, upper(&value)))
                .collect(),
        );
    } else if written {
        for value in values(lab, field) {
            let mut body = Map::new();
            if let (Type::Choice { by, of }, Value::String(text)) = (&field.ty, &value) {
                let phone = text.starts_with('+');
                let chosen = of.iter().find(|(_, ty)| matches!(ty, Type::Phone) == phone);
                body.extend(chosen.map(|(name, _)| (by.clone(), Value::from(name.as_str()))));
            }
            body.insert(field.name.clone(), value);
            bodies.push(body);
        }
    }
    bodies.truncate(room(lab.api, resource).saturating_sub(2));
    let mut made = Vec::new();
    for body in bodies {
        made.push(lab.make_below(resource, above, lab.small_body(resource, &body))?);
    }
    for _ in 0..2 {
        made.push(lab.make_below(resource, above, lab.small_body(resource, &Map::new()))?);
    }
    Ok(made)
}

/// Objects that the server tells apart by what it stamps into the field.
fn stamped(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    above: &[String],
) -> Result<Vec<Made>, Stop> {
    let mut made = Vec::new();
    for _ in 0..4 {
        made.push(lab.make_below(resource, above, lab.small_body(resource, &Map::new()))?);
        // Moments are told apart by their last printed digit.
        std::thread::sleep(std::time::Duration::from_millis(3));
    }
    let updated = resource.times.as_ref().map(|times| &times.updated);
    if let (true, Some(other)) = (updated == Some(&field.name), lone(resource)) {
        // A change moves the first object behind the others.
        let body = json!({ &other.name: other_value(lab, resource, other, &made[0].shown) });
        let exchange = lab.expect(200, &lab.change(resource, &made[0].path, &body)?)?;
        made[0].shown = exchange.json().as_object().cloned().unwrap_or_default();
    }
    Ok(made)
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
        plain[..10].to_owned(),
        exact,
    ]
}

fn upper(value: &Value) -> Value {
    value
        .as_str()
        .map_or(Value::Null, |text| text.to_uppercase().into())
}

fn values(lab: &Lab<'_>, field: &Field) -> Vec<Value> {
    let word = lab.word();
    let unique = field.unique.is_some();
    match &field.ty {
        Type::Boolean => vec![true.into(), false.into()],
        Type::Values(values) => values.iter().cloned().map(Value::String).collect(),
        Type::ExternalId => vec![
            word.clone().into(),
            format!("{word}x").into(),
            format!("x{word}").into(),
            word.to_uppercase().into(),
        ],
        Type::Choice { .. } | Type::Email => {
            let mut all: Vec<Value> = vec![
                format!("{word}@example.org").into(),
                format!("{word}@example.orgx").into(),
                format!("{}@EXAMPLE.org", word.to_uppercase()).into(),
            ];
            if matches!(field.ty, Type::Choice { .. }) {
                all.push(lab.phone().into());
            }
            all
        }
        Type::Text { max, .. } => {
            let long = format!("{word}Straße");
            let mut texts = vec![
                long.clone(),
                long.to_lowercase(),
                word.clone(),
                format!("x{long}"),
                format!("{long} "),
                format!("{word}%"),
                format!("{word}_"),
                format!("{word}STRASSE"),
                format!("{word}ΣÉ"),
                format!("{word}σé"),
            ];
            texts.retain(|text| text.chars().count() <= *max as usize);
            if unique {
                texts.dedup();
            }
            texts.into_iter().map(Value::String).collect()
        }
        ty => (0..4).map(|_| lab.fresh(ty, &Map::new())).collect(),
    }
}

/// What the filter is asked, from the value of one object.
fn questions(field: &Field, filter: &Filter, made: &Made) -> Vec<String> {
    let value = made.shown.get(&field.name).cloned().unwrap_or_default();
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
        Value::String(text) => {
            let mut all = vec![text.clone(), text.to_uppercase(), text.to_lowercase()];
            if let Some(digits) = text.strip_prefix('+') {
                all.push(format!(" {digits}"));
                all.push(format!("{} {}", &text[..4], &text[4..]));
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
        _ => Vec::new(),
    }
}

fn refuses(
    lab: &Lab<'_>,
    field: &Field,
    ranged: bool,
    collection: &str,
    name: &str,
) -> Result<(), Stop> {
    let bad: &[&str] = match field.ty {
        Type::Boolean | Type::Integer { .. } | Type::Decimal { .. } => &["maybe", ""],
        Type::Id if ranged => &["maybe", "", "1.5", "1e3", "+1", "99999999999999999999"],
        Type::DateTime(_) => &[
            "maybe",
            "",
            "1700000000",
            "2021-02-30",
            "2021-01-01 00:00:00",
        ],
        _ => &[],
    };
    for bad in bad {
        let target = format!("{collection}?{}={}", encode(name), encode(bad));
        lab.expect(400, &Ask::get(&target))?;
    }
    Ok(())
}

/// Percent-encodes everything that is not plain.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
