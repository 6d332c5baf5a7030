//! Lint FP345: fallbacks that give no value of the field.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::context::{Context, Lint, Place};
use crate::diagnostic::Code;
use crate::kind::{Notation, kind};
use crate::model::{self, RequestSource, Type, field_type};
use crate::syntax::{Field, FieldType, Mode, Source, Spec};

/// Fallbacks that give no value of the field.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP345",
        "fallback that gives no value of the field",
        "A fallback names another field of the resource, or a member of one of its objects, whose values are values of this one: of the same type, or any text for a free one. Beside a resource the text is no longer and no shorter than this one takes, and none that is reserved; in an object it is taken back as it is shown. A create takes it, or it is the id. A chain of fallbacks ends. What they may leave without a value is nullable or has a default; the email address of a user is taken to be there. A list is never missing, it is empty, so it falls back to nothing.",
        "name a field of the same type, or leave the source out",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for place in context.fields() {
        let Ok(ty) = field_type(spec, place.field) else {
            continue;
        };
        for (at, source) in place.field.fallback.iter().enumerate() {
            let Source::Field { field: from } = source else {
                continue;
            };
            let owners = owners(spec, place.group, place.owner);
            let wrong = owners
                .into_iter()
                .find_map(|fields| unfit(spec, fields, (place.name, place.field), &ty, from));
            let own = (place.group == "resources").then_some(place.siblings);
            let circle = own.is_some_and(|fields| returns(fields, place.name));
            let message = match (wrong, circle) {
                (Some(message), _) => message,
                (None, true) => format!("`{}` falls back to itself in the end", place.name),
                (None, false) => continue,
            };
            let at = at.to_string();
            let path = [
                place.group,
                place.owner,
                "fields",
                place.name,
                "fallback",
                &at,
            ];
            lint.report_with(
                context,
                &path,
                message,
                "name a field that has such a value",
            );
        }
        let left = place.resolved(context.api).is_some_and(|field| {
            place.group == "resources" && is_left_empty(context, &place, field)
        });
        if left {
            lint.report_with(
                context,
                &place.path("fallback"),
                "it is never null, and the sources may all give nothing".to_owned(),
                "add a `default`, or `nullable: true`",
            );
        }
    }
}

/// Whether a field that is never `null` may be left without a value by all of its sources.
fn is_left_empty(context: &Context<'_>, place: &Place<'_>, field: &model::Field) -> bool {
    let given = |source: &Source| match source {
        Source::Setting { .. }
        | Source::Request {
            request: RequestSource::Host,
        } => false,
        Source::Request {
            request: RequestSource::User,
        } => true,
        Source::Field { field } => match place.siblings.get(field) {
            // A member of an object, or no field at all.
            None => false,
            Some(other) => !other.nullable && is_never_empty(context, place, field, other),
        },
    };
    let zoned = matches!(field.ty, Type::ZonedTime { .. });
    let open = !field.nullable && !zoned && field.initial().is_null();
    open && !field.fallback.is_empty() && !place.field.fallback.iter().any(given)
}

/// Whether a field that is never `null` has a value even if no create sends it. Fields with
/// fallbacks are checked on their own.
fn is_never_empty(context: &Context<'_>, place: &Place<'_>, name: &str, field: &Field) -> bool {
    let resource = context.api.resource(place.owner);
    let resolved = resource.and_then(|resource| resource.field(name));
    let initial = resolved.is_none_or(|one| !one.initial().is_null());
    let made = matches!(field_type(context.spec, field), Ok(Type::Id));
    field.required || made || !field.fallback.is_empty() || initial
}

/// The fields of each resource that a fallback of the owner can name.
fn owners<'a>(spec: &'a Spec, group: &str, owner: &str) -> Vec<&'a IndexMap<String, Field>> {
    let holds = |field: &Field| match &field.ty {
        FieldType::Name(name) => name == owner,
        FieldType::List(names) => names.iter().any(|name| name == owner),
        FieldType::Choice(choice) => choice.of.values().any(|name| name == owner),
    };
    let all = spec.resources.iter();
    let own = all.filter(|(name, resource)| match group {
        "resources" => *name == owner,
        _ => resource.fields.values().any(holds),
    });
    own.map(|(_, resource)| &resource.fields).collect()
}

/// Why the field `from` of `fields` cannot be a fallback of `field`.
fn unfit(
    spec: &Spec,
    fields: &IndexMap<String, Field>,
    (name, field): (&str, &Field),
    ty: &Type,
    from: &str,
) -> Option<String> {
    if matches!(field.ty, FieldType::List(_)) {
        return Some("a list is never missing".to_owned());
    }
    let found = match from.split_once('.') {
        None => fields.get(from),
        Some((object, member)) => match fields.get(object).map(|one| &one.ty) {
            Some(FieldType::Name(name)) => spec
                .objects
                .get(name)
                .and_then(|one| one.fields.get(member)),
            _ => None,
        },
    };
    let Some(found) = found else {
        return Some(format!("there is no field `{from}` to fall back to"));
    };
    let kept = found.derive.is_some() || found.mode == Mode::ReadOnly && found.fallback.is_empty();
    if kept && field_type(spec, found) != Ok(Type::Id) {
        return Some(format!("a create takes no `{from}`"));
    }
    let list = matches!(found.ty, FieldType::List(_));
    let other = field_type(spec, found).ok()?;
    if list || !fits(ty, &other) {
        return Some(format!("`{from}` has values of another type"));
    }
    // In a resource, the value is checked like any other when an update replaces the
    // object; in a nested object, it is accepted as it is shown.
    let judged = fields.values().any(|one| std::ptr::eq(one, field));
    let taken = found.reserved.iter().collect::<BTreeSet<_>>();
    let free = field.reserved.iter().any(|text| !taken.contains(text));
    let (least, most) = kind(ty).lengths();
    let (shortest, longest) = kind(&other).lengths();
    let wide = longest > most || shortest < least;
    let text = kind(ty).is_readable() && kind(&other).is_readable();
    (judged && text && (wide || free))
        .then(|| format!("`{from}` may have a text that is no value of `{name}`"))
}

/// Whether every value of `other` is one of `ty`, apart from text lengths.
fn fits(ty: &Type, other: &Type) -> bool {
    match (ty, other) {
        (Type::Text { .. } | Type::ExternalId, other) => kind(other).is_readable(),
        (Type::ZonedTime { .. }, Type::Notation(Notation::TimeZone))
        | (Type::Email { .. }, Type::Email { .. }) => true,
        (
            Type::Integer { min, max },
            Type::Integer {
                min: least,
                max: most,
            },
        ) => least >= min && most <= max,
        (Type::Boolean | Type::DateTime(_) | Type::Key { .. }, other) => ty == other,
        (ty, other) => kind(ty).is_readable() && ty == other,
    }
}

/// Whether the chain of fallbacks from `name` returns to it.
fn returns(fields: &IndexMap<String, Field>, name: &str) -> bool {
    let next = |name: &str| -> Vec<&str> {
        let sources = fields.get(name).map_or(&[][..], |field| &field.fallback);
        let named = sources.iter().filter_map(|source| match source {
            Source::Field { field } => Some(field.as_str()),
            Source::Setting { .. } | Source::Request { .. } => None,
        });
        named.collect()
    };
    let (mut open, mut seen) = (next(name), BTreeSet::new());
    while let Some(one) = open.pop() {
        if one == name {
            return true;
        }
        if seen.insert(one) {
            open.extend(next(one));
        }
    }
    false
}

#[cfg(test)]
mod tests;
