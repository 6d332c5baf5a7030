//! Mutations of version conditions (RFC 9110 section 13).

use std::collections::HashMap;

use fieldproof_spec::model::Operation;

use crate::mutant::mutation::Operator;

/// Changes the conditions in the headers of a request.
pub(super) fn apply(
    operator: Operator,
    operation: Option<Operation>,
    headers: &mut HashMap<String, String>,
) {
    let changes = operation.is_some_and(Operation::is_change);
    match operator {
        Operator::ConditionIgnored if changes => {
            let wanted = headers.get_mut("if-match");
            wanted.into_iter().for_each(|wanted| "*".clone_into(wanted));
        }
        Operator::ConditionUnasked if changes => {
            headers
                .entry("if-match".to_owned())
                .or_insert_with(|| "*".to_owned());
        }
        Operator::DiffersIgnored if changes => {
            headers.remove("if-none-match");
        }
        Operator::KnownIgnored if operation == Some(Operation::Get) => {
            headers.remove("if-none-match");
        }
        Operator::TagFirst if changes => with(headers, "if-match", |tags| {
            tags.split(',').next().unwrap_or_default().to_owned()
        }),
        Operator::TagWeak if changes => with(headers, "if-match", |tags| tags.replace("W/", "")),
        Operator::TagSplit => {
            for name in ["if-match", "if-none-match"] {
                with(headers, name, |tags| {
                    let mut parts = tags.split(',').map(str::trim);
                    // One invalid tag makes the whole list invalid.
                    let torn = parts.find(|one| *one != "*" && !is_tag(one));
                    torn.unwrap_or(tags).to_owned()
                });
            }
        }
        _ => {}
    }
}

fn with(headers: &mut HashMap<String, String>, name: &str, apply: impl Fn(&str) -> String) {
    if let Some(value) = headers.get_mut(name) {
        *value = apply(value);
    }
}

/// Whether a text is a single quoted entity tag.
fn is_tag(text: &str) -> bool {
    let opaque = text.strip_prefix("W/").unwrap_or(text);
    opaque.len() > 1 && opaque.starts_with('"') && opaque.ends_with('"')
}
