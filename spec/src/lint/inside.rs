//! Lint FP340: members and keys that nested objects cannot have.

use std::collections::BTreeSet;

use super::context::{Context, Lint, Place};
use crate::diagnostic::Code;
use crate::kind::kind;
use crate::model::{Type, field_type};
use crate::syntax::{Field, FieldType, Mode, On, Source, Spec};

/// Members and keys that nested objects cannot have.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP340",
        "member that an object cannot have",
        "An object without an identifier is a value: it has no id, token, children, shared objects or rows that the server looks up, nothing that is computed, immutable or for creates alone. What only the server sets in it stays at its place when the object is written anew, so it is told apart by its place: not in a choice, not inside itself. A fallback of a member is a field of the resource that holds the object, which always has a value. Members that are never shown are kept where one path leads to them: their object stands in no list, in no choice and not inside itself. Where an object always has a value, so have its members: one with a member that is required, or required with the default of a sibling, is required itself, or has a default.",
        "leave the key out, or keep the member in the resource itself",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let (manifold, tangled) = (manifold(spec, true), manifold(spec, false));
    for place in context.fields() {
        let field = place.field;
        if place.group == "objects" {
            let shared = spec.objects[place.owner].shared.as_ref();
            if shared.is_some_and(|shared| shared.id == place.name) {
                continue;
            }
            inside(lint, context, &place);
            let ty = field_type(spec, field);
            let kept = field.mode == Mode::ReadOnly;
            if kept && (tangled.contains(place.owner) || shared.is_some()) {
                let message = format!("nobody can tell which `{}` is kept", place.name);
                let help = "keep it in an object of its own, which stands in no choice and not inside itself";
                lint.report_with(context, &place.path("mode"), message, help);
            }
            if kept && !field.nullable && is_nothing(&ty, field) {
                let message = format!("nothing says what `{}` is", place.name);
                let help = "add `nullable: true` or a `default`";
                lint.report_with(context, &place.path("mode"), message, help);
            }
            let hidden = matches!(ty, Ok(Type::Secret { .. } | Type::Password { .. }))
                || field.mode == Mode::WriteOnly;
            if hidden && manifold.contains(place.owner) {
                let message = format!(
                    "no one path leads to `{}`, which is never shown",
                    place.name
                );
                let help = "keep it in an object that stands in no list and not inside itself";
                lint.report_with(context, &place.path("type"), message, help);
            }
        }
        if let (Some(name), false) = (hollow(spec, &place), field.required) {
            let message = format!(
                "`{}` always has a value, and nothing says what `{name}` is then",
                place.name
            );
            let help = "add `required: true`, `nullable: true` or a `default`";
            lint.report_with(context, &place.path("type"), message, help);
        }
    }
}

/// Reports keys and types that only resources may have.
fn inside(lint: &Lint, context: &mut Context<'_>, place: &Place<'_>) {
    let (spec, field) = (context.spec, place.field);
    let ty = field_type(spec, field).ok();
    let stranger = ty.as_ref().and_then(|ty| kind(ty).of_resources());
    if let Some(what) = stranger {
        let message = format!("only resources have {what}, `{}` is an object", place.owner);
        lint.report(context, &place.path("type"), message);
    }
    for (key, given) in [
        ("derive", field.derive.is_some()),
        ("on", field.on != On::Write),
        ("mode", field.mode == Mode::Immutable),
    ] {
        if given {
            let message = format!("`{key}` is for members of a resource");
            lint.report(context, &place.path(key), message);
        }
    }
    let other = |source: &Source| !matches!(source, Source::Field { .. });
    if field.fallback.iter().any(other) || !field.fallback.is_empty() && !is_held(spec, place.owner)
    {
        let message = "inside of an object only a field of the resource stands in, where the object always has a value";
        lint.report(context, &place.path("fallback"), message);
    }
}

/// Whether a resource has the object as a member that is never `null`.
fn is_held(spec: &Spec, object: &str) -> bool {
    let fields = spec.resources.values().flat_map(|one| one.fields.values());
    let mut holders = fields.filter(|one| one.ty == FieldType::Name(object.to_owned()));
    holders.any(|one| !one.nullable)
}

/// Whether a member that no body writes has no value.
fn is_nothing(ty: &Result<Type, String>, field: &Field) -> bool {
    let empty = ty.as_ref().is_ok_and(|ty| !kind(ty).empty().is_null());
    field.default.is_none() && !empty && !matches!(field.ty, FieldType::List(_))
}

/// The objects that are in a choice or inside themselves, or in a list if `lists`, and all
/// objects inside them.
fn manifold(spec: &Spec, lists: bool) -> BTreeSet<&str> {
    let resources = spec.resources.values().flat_map(|one| one.fields.values());
    let objects = spec.objects.values().flat_map(|one| one.fields.values());
    let many = resources.chain(objects).flat_map(|field| match &field.ty {
        FieldType::List(names) if lists => names.iter().collect(),
        FieldType::Choice(choice) => choice.of.values().collect(),
        FieldType::List(_) | FieldType::Name(_) => Vec::new(),
    });
    let mut found: BTreeSet<&str> = many.map(String::as_str).collect();
    let objects = spec.objects.keys().map(String::as_str);
    found.extend(objects.filter(|name| held(spec, name).contains(name)));
    let inside: Vec<&str> = found.iter().flat_map(|name| held(spec, name)).collect();
    found.extend(inside);
    found
}

/// The objects inside an object, at any depth.
pub(super) fn held<'a>(spec: &'a Spec, object: &'a str) -> BTreeSet<&'a str> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = vec![object];
    while let Some(name) = open.pop() {
        let fields = spec
            .objects
            .get(name)
            .into_iter()
            .flat_map(|one| one.fields.values());
        for field in fields {
            let names: Vec<&String> = match &field.ty {
                FieldType::Name(name) => vec![name],
                FieldType::List(names) => names.iter().collect(),
                FieldType::Choice(choice) => choice.of.values().collect(),
            };
            let known = names
                .into_iter()
                .filter(|name| spec.objects.contains_key(*name));
            open.extend(known.map(String::as_str).filter(|name| seen.insert(name)));
        }
    }
    seen
}

/// The name of a required member of an object that always exists although nothing sets it.
fn hollow<'a>(spec: &'a Spec, place: &Place<'_>) -> Option<&'a str> {
    let FieldType::Name(name) = &place.field.ty else {
        return None;
    };
    let object = spec.objects.get(name)?;
    let plain = object.shared.is_none() && object.zoned.is_none();
    let made = place.field.nullable || place.field.default.is_some();
    let mut fields = object.fields.iter().filter(|_| plain && !made);
    let needed = |one: &Field| {
        let mut conditions = one.required_if.iter();
        one.default.is_none()
            && conditions.any(|(sibling, value)| {
                let sibling = object.fields.get(sibling);
                let default = sibling.and_then(|one| one.default.as_ref());
                default.is_some_and(|default| default == value.as_str())
            })
    };
    let (name, _) = fields.find(|(_, one)| one.required && !one.nullable || needed(one))?;
    Some(name)
}

#[cfg(test)]
mod tests;
