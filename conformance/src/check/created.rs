//! Values that a create keeps.

use fieldproof_spec::model::Type;
use serde_json::{Map, Value};

use super::duty::fields;
use super::updated::agrees;
use super::{Check, Duty};
use crate::lab::{Lab, Stop, decided};
use crate::model::accept;

pub(super) static CHECK: Check = Check {
    name: "created",
    about: "Legal values of the member, drawn from its strategy, are taken by a create, shown by its answer and by a \
            read, in their one form.",
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && field.is_shown()
        })
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let above = lab.make_above(resource)?;
    for _ in 0..lab.cases().min(6) {
        let owner = decided(resource, field, &lab.small_body(resource, &Map::new()));
        let value = lab.value(resource, field, &owner);
        let mut with = Map::new();
        // A sibling that decides the type of the value goes with it.
        if let Type::Choice { by, .. } = &field.ty {
            with.insert(by.clone(), owner.get(by).cloned().unwrap_or_default());
        }
        with.insert(field.name.clone(), value.clone());
        let body = lab.small_body(resource, &with);
        let expected = accept(lab.api, field, &value, &body, "", &mut Vec::new());
        let made = lab.make_below(resource, &above, body)?;
        let read = match resource.get {
            Some(_) => lab.get(resource, &made.path)?,
            None => made.shown.clone(),
        };
        for shown in [&made.shown, &read] {
            let shown = shown.get(&field.name).unwrap_or(&Value::Null);
            lab.ensure(
                expected
                    .as_ref()
                    .is_some_and(|expected| agrees(lab.api, field, expected, shown)),
                || {
                    format!(
                        "`{}` was sent as {value} and is shown as {shown}",
                        field.name
                    )
                },
            )?;
        }
    }
    Ok(())
}
