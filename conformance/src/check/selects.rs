//! What filters select.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Field, Filter, Resource, Type};
use serde_json::{Map, Value};

use super::duty::{filters, room};
use super::{Check, Duty};
use crate::lab::{Ask, Lab, Made, Stop};
use crate::model::matches;

pub(super) static CHECK: Check = Check {
    name: "selects",
    about: "The filter selects exactly the objects that the reference model selects, among objects that tell it from \
            its plausible wrong twins: prefix, suffix, other case, other fold, SQL wildcards, blanks, `null`.",
    oblige: |api| filters(api, |resource, _| resource.create.is_some()),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, filter) = (duty.resource(lab.api), duty.filter(lab.api));
    let Some(field) = resource.field(&filter.field) else {
        return Ok(());
    };
    let above = lab.make_above(resource)?;
    let made = separating(lab, resource, field, &above)?;
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
        true => refuses(lab, field, &collection, &duty.member),
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

fn refuses(lab: &Lab<'_>, field: &Field, collection: &str, name: &str) -> Result<(), Stop> {
    if matches!(
        field.ty,
        Type::Boolean | Type::Integer { .. } | Type::Decimal { .. }
    ) {
        lab.expect(
            400,
            &Ask::get(&format!("{collection}?{}=maybe", encode(name))),
        )?;
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
