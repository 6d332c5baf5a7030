//! Texts of which a sibling says what they are.

use fieldproof_spec::model::{Field, Type};
use serde_json::{Value, json};

use super::member::nullable;
use crate::plan::is_option;

/// Whether the sibling that says what a text is may say nothing.
pub(super) fn undecided(fields: &[&Field], field: &Field) -> bool {
    let Type::Choice { by, .. } = &field.ty else {
        return false;
    };
    fields.iter().any(|one| one.name == *by && is_option(one))
}

/// What a sibling's value says of a member, for each of them.
pub(super) fn choices(
    fields: &[&Field],
    named: impl Fn(&str) -> Value,
    one: impl Fn(&Type) -> Value,
    sent: impl Fn(&Field, &str) -> bool,
) -> Vec<Value> {
    let mut all = Vec::new();
    for field in fields {
        let Type::Choice { by, of } = &field.ty else {
            continue;
        };
        let Some(sibling) = fields.iter().find(|one| one.name == *by) else {
            continue;
        };
        for (value, ty) in of {
            let mut then = one(ty);
            if is_option(field) {
                then = nullable(then);
            }
            let mut when = json!({ "properties": { by: named(value) } });
            if sent(sibling, value) {
                when["required"] = json!([by]);
            }
            all.push(json!({ "if": when, "then": { "properties": { &field.name: then } } }));
        }
    }
    all
}
