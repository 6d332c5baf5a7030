//! What filters select.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Field, Filter, Form, Op, Resource, Type};
use serde_json::{Map, Value, json};

use super::duty::{filters, lone, room};
use super::updated::other_value;
use super::{Check, Duty};
use crate::lab::{Ask, Lab, Made, Stop};
use crate::model::{instant, matches, print, zoned_moment};

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
        Some(_) => separating(lab, resource, filter, field, &above)?,
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
        true => refuses(lab, field, Some(filter.op), &collection, &duty.member),
        false => Err(Stop::Inconclusive(
            "no question told the filter from none at all".to_owned(),
        )),
    }
}

/// Objects whose values tell the filter from its wrong twins.
pub(super) fn separating(
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
pub(super) fn stamped(
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

/// The moment that a member shows.
pub(super) fn own_moment(field: &Field, value: &Value) -> Option<i64> {
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
        ty => (0..4).map(|_| lab.fresh(ty, &Map::new())).collect(),
    }
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

/// What the filter is asked, from the value of one object.
pub(super) fn questions(field: &Field, filter: &Filter, made: &Made) -> Vec<String> {
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

fn refuses(
    lab: &Lab<'_>,
    field: &Field,
    ranged: Option<Op>,
    collection: &str,
    name: &str,
) -> Result<(), Stop> {
    let bad: &[&str] = match field.ty {
        Type::Boolean | Type::Integer { .. } | Type::Decimal { .. } => &["maybe", ""],
        Type::Id if matches!(ranged, Some(Op::Greater | Op::AtLeast | Op::Less)) => {
            &["maybe", "", "1.5", "1e3", "+1", "99999999999999999999"]
        }
        Type::Values(_) if ranged == Some(Op::Equals) || ranged == Some(Op::HasAll) => {
            &["maybe", ""]
        }
        Type::DateTime(_) | Type::ZonedTime { .. } => &[
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
