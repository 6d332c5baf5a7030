//! Values at and beyond documented bounds.

use fieldproof_spec::model::{Decimal, Field, Resource, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::duty::{Duty, fields};
use crate::lab::{Lab, Made, Stop};
use crate::model::{Kind, accept, below, sent as meant};
use crate::obligation::Severity;
use crate::support::{agrees, unchanged};

pub(crate) static CHECK: Check = Check {
    name: "bounds",
    about: "The value at the bound is taken and kept, one beyond it is refused at its place. Lengths count Unicode \
            scalar values: as many emoji as letters.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && is_bounded(field)
        })
    },
    mutants: |_, duty| duty.broken(&[Kind::BoundIgnored]),
    run,
};

fn is_bounded(field: &Field) -> bool {
    let ty = match &field.ty {
        Type::Text { max, .. } => *max < 10_000,
        Type::ExternalId | Type::Password { .. } => true,
        Type::Integer { min, max } => *min != i64::MIN || *max != i64::MAX,
        Type::Decimal { min, max } => *max < Decimal::MOST || min.parts() > -Decimal::MOST.parts(),
        _ => false,
    };
    field.max_items.is_some() || (ty && !field.list)
}

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let made = lab.make(resource)?;
    if let Some(most) = field.max_items {
        let list = |count: u32| -> Value {
            let one = |_| match &field.ty {
                Type::Child(name) => lab.api.resource(name).map_or(Value::Null, |child| {
                    Value::Object(lab.small_body(child, &Map::new()))
                }),
                _ => lab.fresh_for(field, &Map::new()),
            };
            (0..count).map(one).collect()
        };
        let child = match &field.ty {
            Type::Child(name) => lab.api.resource(name),
            _ => None,
        };
        if child.is_some_and(|one| lab.is_limited(one))
            && let Some(why) = lab.limited()
        {
            return Err(Stop::Skip(why));
        }
        takes(lab, resource, field, &made, list(most))?;
        refuses(
            lab,
            resource,
            field,
            &made,
            list(most + 1),
            "too_many_items",
        )?;
        return one_too_many(lab, resource, field, most);
    }
    match &field.ty {
        Type::Text { min, max } | Type::Password { min, max } => {
            texts(lab, resource, field, &made, *min, *max)
        }
        Type::ExternalId => {
            // Unique values are told apart by their beginning.
            let long = |extra: usize| {
                let word = lab.word();
                format!("{word}{}", "é".repeat(255 + extra - word.chars().count()))
            };
            takes(lab, resource, field, &made, long(0).into())?;
            refuses(lab, resource, field, &made, long(1).into(), "too_long")?;
            refuses(lab, resource, field, &made, "".into(), "too_short")
        }
        Type::Integer { min, max } => {
            if *max != i64::MAX {
                takes(lab, resource, field, &made, json!(max))?;
                refuses(lab, resource, field, &made, json!(max + 1), "too_large")?;
            }
            if *min != i64::MIN {
                takes(lab, resource, field, &made, json!(min))?;
                refuses(lab, resource, field, &made, json!(min - 1), "too_small")?;
            }
            Ok(())
        }
        Type::Decimal { min, max } => {
            takes(lab, resource, field, &made, max.to_json())?;
            refuses(lab, resource, field, &made, beside(max, 1), "too_large")?;
            takes(lab, resource, field, &made, min.to_json())?;
            refuses(lab, resource, field, &made, beside(min, -1), "too_small")?;
            match finer(*min, *max) {
                Some(number) => refuses(lab, resource, field, &made, number, "format"),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// The next number above or below a bound: a bound of 0.01 is not one of 0.
fn beside(bound: &Decimal, by: i64) -> Value {
    // Doubles tell such neighbours apart up to here.
    let step = match bound.parts().abs() < 1 << 52 {
        true => by,
        false => Decimal::whole(by).parts(),
    };
    Decimal::from_parts(bound.parts() + step).to_json()
}

/// A number within bounds with one digit more than is kept.
fn finer(min: Decimal, max: Decimal) -> Option<Value> {
    let inside = Decimal::whole(0).max(min).min(max);
    let small = inside.parts().abs() < Decimal::whole(1_000_000).parts();
    let step = match inside < max {
        true => 0.000_01,
        false => -0.000_01,
    };
    (small && min < max).then(|| json!(inside.as_f64() + step))
}

fn texts(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    made: &Made,
    min: u32,
    max: u32,
) -> Result<(), Stop> {
    let text = |letter: &str, count: u32| -> Value {
        // Unique values are told apart by their beginning.
        let front = match field.unique {
            Some(_) => lab.letters(count.min(12) as usize),
            None => String::new(),
        };
        let rest = letter.repeat(count as usize - front.len());
        format!("{front}{rest}").into()
    };
    let takes = |value| takes(lab, resource, field, made, value);
    let refuses = |value, code| refuses(lab, resource, field, made, value, code);
    let reserved = |letter: &str| {
        let free = |count| text(letter, count).as_str().map(str::to_owned);
        [min, max]
            .map(free)
            .into_iter()
            .flatten()
            .any(|one| field.reserved.contains(&one))
    };
    let letters = ["x", "z", "é", "😀"].into_iter();
    for letter in letters.filter(|letter| !reserved(letter)) {
        takes(text(letter, max))?;
        refuses(text(letter, max + 1), "too_long")?;
        if min > 0 {
            takes(text(letter, min))?;
            refuses(text(letter, min - 1), "too_short")?;
        }
    }
    Ok(())
}

fn takes(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    made: &Made,
    value: Value,
) -> Result<(), Stop> {
    let mut with = Map::new();
    with.insert(field.name.clone(), value.clone());
    let above = &made.ids[..made.ids.len() - 1];
    let fresh = lab.make_below(resource, above, lab.small_body(resource, &with))?;
    let kept = fresh.shown.get(&field.name).unwrap_or(&Value::Null);
    let expected = accept(lab.api, field, &value, &with, "", &mut Vec::new());
    let whole = expected.is_some_and(|expected| agrees(lab.api, field, &expected, kept));
    lab.ensure(whole || !field.is_shown(), || {
        format!("`{}` is kept whole", field.name)
    })
}

fn refuses(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    made: &Made,
    value: Value,
    code: &str,
) -> Result<(), Stop> {
    // What stands for nothing breaks no bound.
    if meant(field, &value).is_null() {
        return Ok(());
    }
    let pointer = below("", &field.name);
    let mut with = Map::new();
    with.insert(field.name.clone(), value.clone());
    let body = lab.small_body(resource, &with);
    let ask = lab
        .create(resource, &made.collection)
        .json(&Value::Object(body));
    lab.expect_violation(&ask, &pointer, &[code])?;
    if resource.update.is_some() && field.on_update() {
        lab.expect_violation(
            &lab.change(resource, &made.path, &json!({ &field.name: value }))?,
            &pointer,
            &[code],
        )?;
        unchanged(lab, resource, made)?;
    }
    Ok(())
}

/// Children that are added one by one are bounded as well.
fn one_too_many(lab: &Lab<'_>, resource: &Resource, field: &Field, most: u32) -> Result<(), Stop> {
    let Type::Child(name) = &field.ty else {
        return Ok(());
    };
    let Some(child) = lab
        .api
        .resource(name)
        .filter(|child| child.create.is_some())
    else {
        return Ok(());
    };
    let items: Vec<Value> = (0..most)
        .map(|_| Value::Object(lab.small_body(child, &Map::new())))
        .collect();
    let mut with = Map::new();
    with.insert(field.name.clone(), Value::Array(items));
    let full = lab.make_with(resource, &with)?;
    let collection = crate::lab::collection(child, &full.ids);
    let body = Value::Object(lab.small_body(child, &Map::new()));
    lab.expect(
        lab.api.switches.validation_status,
        &lab.create(child, &collection).json(&body),
    )
    .map(drop)
}
