//! Objects whose values tell a filter from its wrong twins.

use fieldproof_spec::model::{Field, Filter, Form, Op, Resource, Type};
use serde_json::{Map, Value, json};

use crate::check::duty::{lone, room};
use crate::check::updated::other_value;
use crate::lab::{Lab, Made, Stop};

/// Objects whose values tell the filter from its wrong twins.
pub(in crate::check) fn separating(
    lab: &Lab<'_>,
    resource: &Resource,
    filter: &Filter,
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
    let mut bodies: Vec<Map<String, Value>> = match filter.op {
        Op::ContainsWords => searched(lab, resource, filter),
        Op::HasAll => subsets(field),
        _ => Vec::new(),
    };
    let special = !bodies.is_empty();
    let written = parts.iter().all(|part| part.on_create());
    if special {
        // These bodies are all that the filter needs.
    } else if parts.len() > 1 && written {
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
pub(in crate::check) fn stamped(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    above: &[String],
) -> Result<Vec<Made>, Stop> {
    let mut made = Vec::new();
    // Moments are told apart by their last printed digit.
    let printed = match field.ty {
        Type::ZonedTime { .. } | Type::DateTime(Form::Local | Form::SecondsOffset) => 1_050,
        _ => 3,
    };
    for at in 0..4 {
        if at > 0 {
            std::thread::sleep(std::time::Duration::from_millis(printed));
        }
        made.push(lab.make_below(resource, above, lab.small_body(resource, &Map::new()))?);
    }
    let updated = resource.times.as_ref().map(|times| &times.updated);
    if let (true, Some(other)) = (updated == Some(&field.name), lone(resource)) {
        // A change moves the first object behind the others.
        std::thread::sleep(std::time::Duration::from_millis(printed));
        let body = json!({ &other.name: other_value(lab, resource, other, &made[0].shown) });
        let exchange = lab.expect(200, &lab.change(resource, &made[0].path, &body)?)?;
        made[0].shown = exchange.json().as_object().cloned().unwrap_or_default();
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
        Type::Choice { .. } | Type::Email { .. } => {
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
                format!("{word}ς"),
            ];
            texts.retain(|text| text.chars().count() <= *max as usize);
            if unique {
                texts.dedup();
            }
            texts.into_iter().map(Value::String).collect()
        }
        // What is added to the greatest number is another one, or none.
        Type::Integer { min, max } if !unique => {
            let mut all: Vec<i64> = vec![*max, max.saturating_sub(1).max(*min), *min];
            all.push(min.midpoint(*max));
            all.dedup();
            all.into_iter().map(Value::from).collect()
        }
        ty => (0..4).map(|_| lab.fresh(ty, &Map::new())).collect(),
    }
}

/// Objects that a search tells apart: a word in each field, and wildcards.
fn searched(lab: &Lab<'_>, resource: &Resource, filter: &Filter) -> Vec<Map<String, Value>> {
    let names: Vec<&String> = std::iter::once(&filter.field).chain(&filter.or).collect();
    let mut bodies = Vec::new();
    for name in &names {
        let Some(field) = resource.field(name).filter(|field| field.on_create()) else {
            continue;
        };
        let value = match field.ty {
            Type::Text { .. } => format!("{}Straße", lab.word()).into(),
            _ => lab.fresh(&field.ty, &Map::new()),
        };
        bodies.push([((*name).clone(), value)].into_iter().collect());
    }
    let texts = names.iter().filter(|name| {
        let field = resource.field(name);
        field.is_some_and(|field| matches!(field.ty, Type::Text { .. }) && field.on_create())
    });
    let texts: Vec<&&String> = texts.collect();
    for extra in ["%a_", "50%", "under_score"] {
        let whole = texts
            .iter()
            .map(|name| ((**name).clone(), format!("{}{extra}", lab.word()).into()));
        bodies.push(whole.collect());
    }
    bodies
}

/// Lists that tell "has all" from "has one", "has these alone" and "in this order".
fn subsets(field: &Field) -> Vec<Map<String, Value>> {
    let Type::Values(values) = &field.ty else {
        return Vec::new();
    };
    let some = |from: usize, to: usize| -> Map<String, Value> {
        let part: Vec<Value> = values[from..to]
            .iter()
            .cloned()
            .map(Value::String)
            .collect();
        [(field.name.clone(), Value::Array(part))]
            .into_iter()
            .collect()
    };
    let count = values.len();
    (0..count)
        .map(|at| some(at, at + 1))
        .chain((1..count).map(|at| some(at - 1, at + 1)))
        .chain([some(0, count), some(0, 0)])
        .collect()
}
