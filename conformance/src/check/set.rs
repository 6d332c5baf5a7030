//! Lists in which each value stands once, and values that stand alone.

use fieldproof_spec::model::Type;
use serde_json::{Map, Value};

use super::duty::fields;
use super::{Check, Duty};
use crate::lab::{Lab, Stop};
use crate::model::accept;

pub(super) static CHECK: Check = Check {
    name: "set",
    about: "A value that is sent twice is kept once, values of a closed list are shown in its order, others as they \
            were sent; where one value may stand alone it becomes a list of one. Commas are part of a text.",
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && (field.set || field.lone)
        })
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let values: Vec<Value> = match &field.ty {
        Type::Values(values) => values.iter().cloned().map(Value::String).collect(),
        Type::Preset(name) => lab
            .api
            .preset(name)
            .iter()
            .cloned()
            .map(Value::String)
            .collect(),
        Type::Text { .. } => vec![
            format!("b,{}", lab.word()).into(),
            lab.word().into(),
            "a".into(),
        ],
        ty => (0..3).map(|_| lab.fresh(ty, &Map::new())).collect(),
    };
    let [first, .., last] = values.as_slice() else {
        let why = format!("`{}` has fewer than two values here", field.name);
        return Err(Stop::Inconclusive(why));
    };
    let mut turned: Vec<Value> = values.iter().rev().cloned().collect();
    if field.set {
        turned.extend([first.clone(), last.clone(), first.clone()]);
    }
    let mut bodies = vec![Value::Array(turned)];
    if field.lone {
        bodies.extend([first.clone(), last.clone()]);
    }
    for value in bodies {
        let mut with = Map::new();
        with.insert(field.name.clone(), value.clone());
        let expected = accept(lab.api, field, &value, &with, "", &mut Vec::new());
        let made = lab.make_with(resource, &with)?;
        let shown = made.shown.get(&field.name).cloned();
        lab.ensure(expected.is_some() && shown == expected, || {
            format!(
                "{value} is shown as {}, got {}",
                expected.unwrap_or_default(),
                shown.unwrap_or_default()
            )
        })?;
    }
    Ok(())
}
