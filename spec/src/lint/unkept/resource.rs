//! Checks of rules about the requests of a resource.

use crate::kind::kind;
use crate::lint::context::{Context, Lint};
use crate::model::{Type, field_type};
use crate::syntax::{self, Derive, Mode, Resource};

pub(super) fn run(lint: &Lint, context: &mut Context<'_>) {
    for (name, resource) in &context.spec.resources {
        found_by(lint, context, name, resource);
        bound(lint, context, name, resource);
        unique(lint, context, name, resource);
        distinct(lint, context, name, resource);
        exclusive(lint, context, name, resource);
    }
}

/// Checks fields by which a read finds an object.
fn found_by(lint: &Lint, context: &mut Context<'_>, name: &str, resource: &Resource) {
    for (field, _) in resource.get.iter().flat_map(|get| &get.also) {
        if resource
            .fields
            .get(field)
            .is_some_and(|own| !is_one(resource, own))
        {
            let path = ["resources", name, "get", "also", field];
            let message = format!("several objects may have the same `{field}`");
            lint.report_with(context, &path, message, "make it unique, or leave it out");
        }
    }
}

/// Checks members bound to users.
fn bound(lint: &Lint, context: &mut Context<'_>, name: &str, resource: &Resource) {
    let spec = context.spec;
    if resource.bound.is_some() && resource.parent.is_some() {
        let path = ["resources", name, "bound"];
        let message = "children are loaded with nobody's parent";
        lint.report_with(context, &path, message.to_owned(), "leave it out");
    }
    let bound = resource.bound.iter().flat_map(|bound| &bound.fields);
    for (at, field) in bound.enumerate() {
        let own = resource.fields.get(field);
        let hidden = |one: &&syntax::Field| {
            let ty = field_type(spec, one);
            let apart = matches!(ty, Ok(Type::Password { .. } | Type::Secret { .. }));
            let apart = apart || matches!(ty, Ok(Type::ZonedTime { .. }));
            let kept = matches!(ty, Ok(Type::Token | Type::Id)) || one.derive.is_some();
            apart || kept || one.mode == Mode::WriteOnly || one.scope.is_some()
        };
        if own.filter(hidden).is_some() {
            let path = ["resources", name, "bound", "fields", &at.to_string()];
            let message = format!("`{field}` is not what a user sees and an import brings");
            lint.report_with(context, &path, message, "leave it out");
        }
    }
    let written = [
        ("create", resource.create.is_some()),
        ("update", resource.update.is_some()),
        ("append", resource.append.is_some()),
        ("delete", resource.delete.is_some()),
    ];
    let written = written.into_iter().filter(|(_, there)| *there);
    for (operation, _) in written.filter(|_| is_bound(spec, resource)) {
        let path = ["resources", name, operation];
        let message = "each user sees what was loaded for him, and only an import loads it";
        let help = "leave out `bound`, or the operation";
        lint.report_with(context, &path, message.to_owned(), help);
    }
}

/// Checks unique combinations.
fn unique(lint: &Lint, context: &mut Context<'_>, name: &str, resource: &Resource) {
    let spec = context.spec;
    for (at, unique) in resource.unique.iter().enumerate() {
        if resource.create.is_none() && resource.update.is_none() {
            let path = ["resources", name, "unique", &at.to_string()];
            let message = "no request brings values that could be another's";
            lint.report_with(context, &path, message.to_owned(), "leave it out");
            continue;
        }
        let kept = |name: &&String| {
            let field = resource.fields.get(*name);
            field.is_some_and(|one| one.mode == Mode::ReadOnly || one.derive.is_some())
        };
        if let Some(field) = unique.fields.iter().find(kept) {
            let path = ["resources", name, "unique", &at.to_string(), "fields"];
            let message = format!("only the server sets `{field}`");
            lint.report_with(context, &path, message, "leave it out");
        }
        let many = |name: &&String| {
            let field = resource.fields.get(*name);
            field.is_some_and(|one| !is_compared(spec, one))
        };
        if let Some(field) = unique.fields.iter().find(many) {
            let path = ["resources", name, "unique", &at.to_string(), "fields"];
            let message = format!("values of `{field}` are not compared as one");
            lint.report_with(context, &path, message, "leave it out");
        }
        if unique.fields.contains(&resource.id.field) {
            let path = ["resources", name, "unique", &at.to_string(), "fields"];
            let message = format!("with `{}` every combination is unique", resource.id.field);
            lint.report_with(context, &path, message, "leave the identifier out");
        }
    }
}

/// Checks distinct values.
fn distinct(lint: &Lint, context: &mut Context<'_>, name: &str, resource: &Resource) {
    let spec = context.spec;
    if resource.distinct.is_some() && resource.create.is_none() && resource.update.is_none() {
        let path = ["resources", name, "distinct"];
        let message = "no request brings a value that could be another's";
        lint.report_with(context, &path, message.to_owned(), "leave it out");
    }
    let distinct = resource.distinct.iter().flat_map(|one| &one.fields);
    for (at, field) in distinct.enumerate() {
        let names = |one: &syntax::Field| one.unique.is_some() && is_compared(spec, one);
        let own = resource.fields.get(field);
        if *field != resource.id.field && own.is_some_and(|one| !names(one)) {
            let path = ["resources", name, "distinct", "fields", &at.to_string()];
            let message = format!("a value of `{field}` names no one object");
            let help = "make it unique, or leave it out";
            lint.report_with(context, &path, message, help);
        }
    }
}

/// Checks exclusive members.
fn exclusive(lint: &Lint, context: &mut Context<'_>, name: &str, resource: &Resource) {
    for (at, exclusive) in resource.exclusive.iter().enumerate() {
        if resource.create.is_none() && resource.update.is_none() {
            let path = ["resources", name, "exclusive", &at.to_string()];
            let message = "no request brings values that exclude each other";
            lint.report_with(context, &path, message.to_owned(), "leave it out");
            continue;
        }
        let required = |name: &&String| {
            let field = resource.fields.get(*name);
            field.is_some_and(|one| {
                one.required || one.default.is_some() || !one.fallback.is_empty()
            })
        };
        if let Some(field) = exclusive.fields.iter().find(required) {
            let path = ["resources", name, "exclusive", &at.to_string(), "fields"];
            let message = format!("`{field}` has a value where it is not sent, or has to be sent");
            lint.report_with(
                context,
                &path,
                message,
                "leave out `required`, `default` and `fallback`",
            );
        }
    }
}

/// Whether users only see what was loaded for them: the objects themselves, or those above
/// them.
fn is_bound(spec: &syntax::Spec, resource: &Resource) -> bool {
    let mut seen = Vec::new();
    let mut next = Some(resource);
    while let Some(one) = next {
        if one.bound.is_some() {
            return true;
        }
        let above = one.parent.as_ref().map(|parent| &parent.resource);
        let above = above.filter(|name| !seen.contains(name));
        seen.extend(above);
        next = above.and_then(|name| spec.resources.get(name));
    }
    false
}

/// Whether a value identifies one object: it is unique, or joined from a unique part.
fn is_one(resource: &Resource, field: &syntax::Field) -> bool {
    let unique = |name: &String| {
        resource
            .fields
            .get(name)
            .is_some_and(|one| one.unique.is_some())
    };
    match &field.derive {
        Some(Derive::Join { join }) => join.iter().any(unique),
        _ => field.unique.is_some(),
    }
}

/// Whether values can be compared for equality.
fn is_compared(spec: &syntax::Spec, field: &syntax::Field) -> bool {
    let list = matches!(field.ty, syntax::FieldType::List(_));
    // An unknown type is reported by another lint.
    field_type(spec, field).map_or(true, |ty| !list && kind(&ty).is_compared())
}

#[cfg(test)]
mod tests;
