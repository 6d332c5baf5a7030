//! Lint FP305: defaults and examples that are not values of their type.

use super::context::{Context, Lint, Place};
use crate::diagnostic::Code;

/// Defaults and examples that are not values of their type.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP305",
        "value outside the type",
        "The default of a field is a value of its type, in the form that answers show, and so is its example, in any form that requests may have. Another default would be stored by every create that leaves the field out, and refused when a client sent it back. What stands in for a field without a default is a value of it as well. What may occur only once, alone or with others, has no value that every create shares which leaves it out. What the server makes, what nobody is shown and what a sibling decides has no default.",
        "write a value that a request could bring, as answers show it",
    ),
    run,
};

use crate::kind::{Within, kind};
use crate::model::{Api, Field, Type};
use crate::syntax::Source;
use crate::tree::{Kind, find};
use crate::value::{accept, sent};
use serde_json::{Map, Value};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let api = context.api;
    for place in context.fields() {
        let Some(field) = place.resolved(api) else {
            continue;
        };
        for key in ["default", "example"] {
            // Decoding reads `null` as if the key were missing.
            let node = find(context.tree, &place.path(key)[..4]).get(key);
            if node.is_some_and(|node| node.kind == Kind::Null) && !place.field.nullable {
                let message = format!("`null` is no value of `{}`", place.name);
                let help = "add `nullable: true`, or leave this out";
                lint.report_with(context, &place.path(key), message, help);
            }
        }
        if let Some(default) = &place.field.default
            && let Err((message, help)) = default_fits(api, field, default)
        {
            let message = format!("the default of `{}` {message}", place.name);
            lint.report_with(context, &place.path("default"), message, help);
        }
        if let Some(example) = &place.field.example
            && !example_fits(api, field, example)
        {
            let message = format!("the example is not a value of `{}`", place.name);
            lint.report(context, &place.path("example"), message);
        }
    }
    for place in context.fields() {
        unique_by_default(lint, context, &place);
        stands_in(lint, context, &place);
    }
    combined_by_default(lint, context);
}

/// The problem with a default, and the advice.
fn default_fits(api: &Api, field: &Field, default: &Value) -> Result<(), (String, String)> {
    let leave = "leave it out".to_owned();
    if !kind(&field.ty).has_default() {
        return Err(("stands on a type that has none".to_owned(), leave));
    }
    let mut found = Vec::new();
    let meant = sent(field, default);
    let read = accept(api, field, &meant, &Map::new(), "", &mut found);
    match read {
        Some(read) if read == *default => Ok(()),
        Some(read) => Err((
            "is not in the form that answers show".to_owned(),
            format!("write it as `{read}`"),
        )),
        None if meant.is_null() => Err(("is nothing".to_owned(), leave)),
        None => {
            let codes: Vec<String> = found
                .iter()
                .map(|one| match one.pointer.as_str() {
                    "" => one.code.to_owned(),
                    at => format!("{at}: {}", one.code),
                })
                .collect();
            Err((
                "is not a value of its type".to_owned(),
                format!("a request with it would be refused: {}", codes.join(", ")),
            ))
        }
    }
}

/// Whether an example is valid, or cannot be checked.
fn example_fits(api: &Api, field: &Field, example: &Value) -> bool {
    let reads = |owner: &Map<String, Value>| {
        let meant = sent(field, example);
        meant.is_null() || accept(api, field, &meant, owner, "", &mut Vec::new()).is_some()
    };
    match (&field.ty, kind(&field.ty).within()) {
        // Values that the server generates have no format for requests.
        (Type::Id | Type::Token, _) => true,
        (_, Some(Within::Made | Within::Child(_) | Within::Shared(_) | Within::Entry(_))) => true,
        (_, Some(Within::Choice(by, of))) => of
            .iter()
            .any(|(value, _)| reads(&Map::from_iter([(by.to_owned(), value.clone().into())]))),
        (_, Some(Within::Object(_) | Within::Key(..) | Within::Preset(_)) | None) => {
            reads(&Map::new())
        }
    }
}

/// Reports unique values that all creates without one would share.
fn unique_by_default(lint: &Lint, context: &mut Context<'_>, place: &Place<'_>) {
    let Some(field) = place.resolved(context.api) else {
        return;
    };
    if place.field.unique.is_none() || place.field.derive.is_some() {
        return;
    }
    let message = "two creates that leave it out would share the value";
    if place
        .field
        .default
        .as_ref()
        .is_some_and(|one| !one.is_null())
    {
        let help = "leave out `default` or `unique`";
        lint.report_with(context, &place.path("default"), message, help);
    } else if let Some(at) = place.field.fallback.iter().position(is_shared) {
        let at = at.to_string();
        let mut path = place.path("fallback").to_vec();
        path.push(&at);
        lint.report_with(context, &path, message, "leave it out, or `unique`");
    } else if field.on_create()
        && !field.required
        && field.fallback.is_empty()
        && !field.initial().is_null()
    {
        let help = "add `required: true` or `nullable: true`";
        lint.report_with(context, &place.path("unique"), message, help);
    }
}

/// Reports combinations that all creates without their members would share.
fn combined_by_default(lint: &Lint, context: &mut Context<'_>) {
    let (spec, api) = (context.spec, context.api);
    for (name, resource) in &spec.resources {
        let Some(own) = api.resource(name).filter(|one| one.create.is_some()) else {
            continue;
        };
        for (at, unique) in resource.unique.iter().enumerate() {
            let shared = |name: &String| {
                own.field(name).is_some_and(|one| {
                    let left_out = !one.required && one.fallback.is_empty();
                    left_out && !one.initial().is_null()
                })
            };
            if unique.fields.iter().all(shared) {
                let path = ["resources", name, "unique", &at.to_string(), "fields"];
                let message = "two creates that leave the members out would share the combination";
                let help = "make one of them `required: true` or `nullable: true`";
                lint.report_with(context, &path, message, help);
            }
        }
    }
}

/// Whether a source gives several creates the same value.
fn is_shared(source: &Source) -> bool {
    matches!(source, Source::Setting { .. } | Source::Request { .. })
}

/// Checks the stand-in of a field that a create leaves out and that has no default: a
/// client that sends back what it is shown must not be refused.
fn stands_in(lint: &Lint, context: &mut Context<'_>, place: &Place<'_>) {
    let Some(field) = place.resolved(context.api) else {
        return;
    };
    let initial = field.initial();
    let free = place.field.default.is_none() && field.fallback.is_empty();
    if !free || field.required || !field.on_create() || initial.is_null() {
        return;
    }
    let mut found = Vec::new();
    if accept(context.api, field, &initial, &Map::new(), "", &mut found).is_none()
        && let Some(first) = found.first()
    {
        let message = format!(
            "`{}` may be left out, and what is shown then is no value of it: `{initial}` ({})",
            place.name, first.code
        );
        let help = "add `required: true`, `nullable: true` or a `default`";
        lint.report_with(context, &place.path("type"), message, help);
    }
}

#[cfg(test)]
mod tests;
