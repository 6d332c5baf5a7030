//! rows that no service could keep.

use serde_json::{Map, Value};

use super::context::{Context, Lint, Place};
use crate::diagnostic::Code;
use crate::model::{Api, Field, Type, field_type};
use crate::syntax::{self, Blank, Derive, Mode, On, Resource};
use crate::value::accept;

/// rows that no service could keep.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP346",
        "row that no service could keep",
        "What a row says of requests has to be possible: a reserved text is one that could be sent otherwise; an email address has room for one; a lenient text takes some number; what is unique, alone or with others, is one value that clients write, and distinct names what is unique or the id; texts are joined to a text; children are made by a create of their parent. What each user sees of his own is loaded, and only read. A combination with the identifier is always unique, and what is required or has a default excludes the others for good; a condition on a sibling is for what can be nothing.",
        "leave the rule out, or change the one that stands against it",
    ),
    run,
};

/// Room for the shortest address.
const SHORTEST: u32 = 5;

/// A key, what is wrong with it, and what to do about it.
type Found = (&'static str, String, &'static str);

fn run(lint: &Lint, context: &mut Context<'_>) {
    let api = context.api;
    for place in context.fields() {
        let Some(field) = place.resolved(api) else {
            continue;
        };
        let mut found = texts(api, &place, field);
        found.extend(made(&place, field));
        found.extend(conditions(field));
        for (key, message, help) in found {
            lint.report_with(context, &place.path(key), message, help);
        }
    }
    let spec = context.spec;
    for (name, object) in &spec.objects {
        let Some(shared) = &object.shared else {
            continue;
        };
        for (member, field) in &object.fields {
            if field.required && *member != shared.key {
                let path = ["objects", name, "fields", member, "required"];
                let message = format!("an object that is named by its `{}` lacks it", shared.key);
                lint.report_with(context, &path, message, "leave it out");
            }
        }
    }
    for (name, resource) in &spec.resources {
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
                let message =
                    format!("`{field}` has a value where it is not sent, or has to be sent");
                lint.report_with(
                    context,
                    &path,
                    message,
                    "leave out `required`, `default` and `fallback`",
                );
            }
        }
    }
}

/// Whether each user sees what was loaded for him: the objects, or those that they are
/// below.
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

/// Whether a value belongs to one object: it is unique, or made of what is.
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

/// Whether a value is one that others can be equal to.
fn is_compared(spec: &syntax::Spec, field: &syntax::Field) -> bool {
    let list = matches!(field.ty, syntax::FieldType::List(_));
    // A type that is not known is another finding.
    field_type(spec, field).map_or(true, |ty| !list && ty.is_compared())
}

/// Rules of texts that no text could follow.
fn texts(api: &Api, place: &Place<'_>, field: &Field) -> Vec<Found> {
    let mut all = Vec::new();
    let mut free = field.clone();
    (free.list, free.reserved, free.blank) = (false, Vec::new(), Blank::Text);
    let legal =
        |value: Value| accept(api, &free, &value, &Map::new(), "", &mut Vec::new()).is_some();
    let judged = !matches!(field.ty, Type::Headers | Type::Choice { .. } | Type::Id);
    if let Some(text) = field
        .reserved
        .iter()
        .find(|text| judged && !legal(text.as_str().into()))
    {
        let message = format!("`{text}` is refused by the other rules of the row");
        all.push(("reserved", message, "leave it out"));
    }
    if let Type::Email { max } = field.ty
        && max < SHORTEST
    {
        let message = format!("no address has {max} characters or less");
        all.push(("max", message, "leave it out, or give it room"));
    }
    let number = |words: &Vec<String>| words.iter().any(|word| word.parse::<i64>().is_ok());
    let reads = match &field.ty {
        Type::Boolean | Type::Integer { .. } | Type::Text { .. } => true,
        Type::Values(values) => number(values),
        _ => false,
    };
    if place.field.lenient && !reads {
        let message = "no number is a value of it".to_owned();
        all.push(("lenient", message, "leave it out"));
    }
    all
}

/// Conditions of members that are never nothing.
fn conditions(field: &Field) -> Option<Found> {
    let key = match () {
        () if !field.only_if.is_empty() => "only-if",
        () if !field.required_if.is_empty() => "required-if",
        () => return None,
    };
    let message = "it always has a value, a default or an empty list, whatever its sibling says";
    let help = "add `nullable: true`, without a default and without a list";
    (!field.initial().is_null()).then(|| (key, message.to_owned(), help))
}

/// What the server would have to make.
fn made(place: &Place<'_>, field: &Field) -> Vec<Found> {
    let mut all = Vec::new();
    if field.unique.is_some() && field.mode == Mode::ReadOnly {
        let message = "only the server sets it, and clients cannot break the rule".to_owned();
        all.push(("unique", message, "leave it out"));
    }
    let text = matches!(field.ty, Type::Text { .. }) && !field.list;
    if matches!(place.field.derive, Some(Derive::Join { .. })) && !text {
        let message = "texts are joined to a text".to_owned();
        all.push(("type", message, "write `type: string`"));
    }
    let own = place.group == "resources" && matches!(field.ty, Type::Child(_));
    if own && field.mode != Mode::ReadOnly && field.on != On::Create {
        let message =
            "children are made with their parent, or by an operation of their own".to_owned();
        all.push(("type", message, "add `on: create`, or `mode: read-only`"));
    }
    all
}
