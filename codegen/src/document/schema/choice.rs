//! Members whose type depends on the value of a sibling.

use fieldproof_spec::model::Field;
use serde_json::{Value, json};

use crate::ir::is_option;
use crate::kind::{Choice, Kind, kind};
use crate::shape::nullable;

/// Whether the sibling that selects the type may have no value.
pub(super) fn undecided(fields: &[&Field], field: &Field) -> bool {
    let kind = kind(&field.ty);
    let unsaid = |by: &str| fields.iter().any(|one| one.name == by && is_option(one));
    kind.choice().is_some_and(|choice| unsaid(choice.by))
}

/// For each value of a sibling, the schema of the member that depends on it.
pub(super) fn choices(
    fields: &[&Field],
    named: impl Fn(&str) -> Value,
    one: impl Fn(&dyn Kind<'_>) -> Value,
    sent: impl Fn(&Field, &str) -> bool,
) -> Vec<Value> {
    let mut all = Vec::new();
    for field in fields {
        let kind = kind(&field.ty);
        let Some(Choice { by, of, .. }) = kind.choice() else {
            continue;
        };
        let Some(sibling) = fields.iter().find(|one| one.name == *by) else {
            continue;
        };
        for (value, kind) in of {
            let mut then = one(kind.as_ref());
            if is_option(field) {
                then = nullable(then);
            }
            let mut when = json!({ "properties": { *by: named(value) } });
            if sent(sibling, value) {
                when["required"] = json!([by]);
            }
            all.push(json!({ "if": when, "then": { "properties": { &field.name: then } } }));
        }
    }
    all
}
