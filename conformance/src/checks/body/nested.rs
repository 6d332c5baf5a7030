//! Members of nested objects.

use fieldproof_spec::model::{Api, Field, Mode, Role, Source, Type};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::kind::kind;
use crate::model::{accept, shown as masked};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::strategy::wrong_types;
use crate::subject::Subject;
use crate::subject::member::{Inside, everywhere, inside, mutations};
use crate::support::{around, changes, unchanged, whole};

pub(crate) static CHECK: Check = Check {
    name: "nested",
    about: "A member of a nested object is kept and shown as sent, refused at its place when it is of another type, \
            breaks its rule or is missing though required, and has its default when it is not sent.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| everywhere(api, |field| field.mode != Mode::ReadOnly),
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let bounded = inside(api, subject).is_some_and(|inside| is_bounded(inside.member));
    match bounded {
        true => mutations(
            api,
            subject,
            &[Operator::TypeIgnored, Operator::BoundIgnored],
        ),
        false => mutations(api, subject, &[Operator::TypeIgnored]),
    }
}

/// Whether a value of the right type can violate a bound of the member.
fn is_bounded(member: &Field) -> bool {
    !kind(&member.ty).illegal().is_empty() && !member.list
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let Some(spot) = inside(harness.api, subject) else {
        return Ok(());
    };
    let Inside {
        resource,
        path,
        member,
    } = &spot;
    let (first, ty) = (path[0], &path[path.len() - 1].ty);
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let body = |value: Value| {
        let with = [(first.name.clone(), around(harness, path, value))];
        harness.small_body(resource, &with.into_iter().collect())
    };
    let request = |value: Value| {
        harness
            .create(resource, &collection)
            .json(&Value::Object(body(value)))
    };
    let place = spot.place();
    for _ in 0..harness.cases().min(4) {
        let whole = whole(harness, ty, member, true);
        let made = harness.make_below(resource, &above, body(whole.clone()))?;
        let shown = Value::Object(made.shown).pointer(&place).cloned();
        let owner = whole.as_object().cloned().unwrap_or_default();
        let expected = match owner.get(&member.name).cloned().unwrap_or_default() {
            Value::Null => Some(Value::Null),
            sent => accept(harness.api, member, &sent, &owner, "", &mut Vec::new()),
        };
        let expected = expected.map(|value| masked(harness.api, &member.ty, &value));
        let seen = path.iter().all(|field| field.is_shown()) && member.is_shown();
        harness.ensure(!seen || shown == expected, || {
            format!(
                "`{place}` is kept as sent, got {}",
                shown.unwrap_or_default()
            )
        })?;
        // Whether alternative types are accepted is not documented.
        let strict = harness.api.dialect.scalars.row.is_some();
        for wrong in wrong_types(harness.api, member)
            .into_iter()
            .filter(|_| strict)
        {
            harness.expect_violation(
                &request(with(&whole, &member.name, Some(wrong))),
                &place,
                &["type"],
            )?;
        }
    }
    for (value, code) in illegal(member) {
        let mut found = Vec::new();
        accept(harness.api, member, &value, &Map::new(), "", &mut found);
        let said = match code {
            "invalid_character" => harness.api.dialect.edges.row.is_some(),
            "format" => harness.api.dialect.formats.row.is_some(),
            _ => true,
        };
        // Another rule of the row may refuse it first.
        if !said || !matches!(found.as_slice(), [one] if one.code == code) {
            continue;
        }
        let whole = whole(harness, ty, member, true);
        let spoiled = with(&whole, &member.name, Some(value));
        harness.expect_violation(&request(spoiled.clone()), &place, &[code])?;
        if first.on_update() {
            let small = harness.small_body(resource, &Map::new());
            let made = harness.make_below(resource, &above, small)?;
            let value = around(harness, path, spoiled);
            for change in changes(harness, resource, first, &made, &value) {
                harness.expect_violation(&change, &place, &[code])?;
            }
            unchanged(harness, resource, &made)?;
        }
    }
    missing(harness, (path, ty), member, &place, &request)
}

/// Values of the right type that violate a rule of the member.
fn illegal(member: &Field) -> Vec<(Value, &'static str)> {
    if member.list || !member.fallback.is_empty() {
        return Vec::new();
    }
    kind(&member.ty).illegal()
}

fn missing(
    harness: &Harness<'_>,
    (path, ty): (&[&Field], &Type),
    member: &Field,
    place: &str,
    request: &dyn Fn(Value) -> Request,
) -> Result<(), CheckError> {
    let whole = legal_without(harness, ty, member);
    // Members whose type depends on the missing one are left out too.
    let decided = members(harness, ty).iter();
    let decided = decided.filter(|one| kind(&one.ty).decided_by() == Some(member.name.as_str()));
    let whole = decided.fold(whole, |whole, one| with(&whole, &one.name, None));
    let without = request(with(&whole, &member.name, None));
    if member.required {
        return harness
            .expect_violation(&without, place, &["required"])
            .map(drop);
    }
    let exchange = harness.send(&without)?;
    harness.ensure(exchange.status < 300, || {
        format!("`{place}` may be left out, got {}", exchange.status)
    })?;
    let shown = exchange.json().pointer(place).cloned();
    let stands_in = member.fallback.iter().find_map(|source| match source {
        Source::Field { field } => exchange.json().get(field).cloned(),
        _ => None,
    });
    let expected = stands_in.unwrap_or_else(|| masked(harness.api, &member.ty, &member.initial()));
    let seen = path.iter().all(|field| field.is_shown()) && member.is_shown();
    harness.ensure(!seen || shown == Some(expected), || {
        format!("`{place}` has its default")
    })
}

/// The members of a nested object.
fn members<'a>(harness: &Harness<'a>, ty: &Type) -> &'a [Field] {
    let (Type::Object(name) | Type::Shared(name)) = ty else {
        return &[];
    };
    harness.api.object(name).map_or(&[], |one| &one.fields)
}

/// An object that stays valid without the member, unless the member is required.
fn legal_without(harness: &Harness<'_>, ty: &Type, member: &Field) -> Value {
    let fields = members(harness, ty);
    let mut drawn = whole(harness, ty, member, false);
    // If siblings depend on the member, it must have its default.
    let names = |(sibling, _): &(String, String)| *sibling == member.name;
    let decides = |field: &Field| field.only_if.iter().chain(&field.required_if).any(names);
    let decides = fields.iter().any(decides) && !member.required;
    for _ in 0..50 {
        if !decides || drawn[&member.name] == member.initial() {
            break;
        }
        drawn = whole(harness, ty, member, false);
    }
    // Signing requires a key.
    let signed = fields.iter().find(|field| field.role == Some(Role::Signed));
    if let (Some(signed), Some(Role::Keys)) = (signed, member.role) {
        drawn[&signed.name] = Value::Bool(false);
    }
    drawn
}

/// The object with another value of a member, or without it.
fn with(whole: &Value, name: &str, value: Option<Value>) -> Value {
    let mut map = whole.as_object().cloned().unwrap_or_default();
    match value {
        Some(value) => map.insert(name.to_owned(), value),
        None => map.shift_remove(name),
    };
    Value::Object(map)
}
