//! How a new object gets its values.

use fieldproof_spec::kind::Notation;
use fieldproof_spec::model::{Field, RequestSource, Resource, Source};
use proc_macro2::TokenStream;
use quote::quote;

use super::code::{Code, Name};
use super::constant::{constant, constant_with_default, is_blank};
use super::initial::{default, is_cheap, is_option};
use super::rule::rule as plain_rule;
use crate::kind::{Body, Origin, kind, notation};
use crate::plan::Plan;

/// The values of members with fallbacks, ordered so that those on which others depend come
/// first.
pub(super) fn fallbacks(plan: &Plan<'_>, resource: &Resource) -> Vec<(Name, Code)> {
    let waits = |field: &Field, open: &[&Field]| {
        let mut names = field.fallback.iter().filter_map(|source| match source {
            Source::Field { field } => Some(field),
            _ => None,
        });
        names.any(|name| open.iter().any(|one| one.name == *name))
    };
    let fields = resource.fields.iter();
    let mut open: Vec<&Field> = fields.filter(|one| comes_from_elsewhere(one)).collect();
    let mut made: Vec<(Name, Code)> = Vec::new();
    while !open.is_empty() {
        let next = open.iter().position(|field| !waits(field, &open));
        // There is no cycle, which `check` would report.
        let field = open.remove(next.unwrap_or_default());
        let value = zoned(plan, resource, field);
        let value = value.unwrap_or_else(|| fallback(plan, resource, field));
        let name = plan.member(&resource.name, &field.name);
        made.push((name.into(), value.into()));
    }
    made
}

fn comes_from_elsewhere(field: &Field) -> bool {
    !field.fallback.is_empty() || kind(&field.ty).origin() == Origin::Create
}

fn fallback(plan: &Plan<'_>, resource: &Resource, field: &Field) -> TokenStream {
    let own = plan.member(&resource.name, &field.name);
    let initial = field.initial();
    let default = || default(plan, &resource.name, field, &initial);
    let sources = field.fallback.iter();
    let sources: Vec<(TokenStream, bool)> = sources
        .map(|source| value(plan, resource, field, source))
        .collect();
    // Members that only the server sets always use a fallback.
    let sent = field.on_create();
    if is_option(field) {
        let mut sources = sources.into_iter().map(|(value, always)| match always {
            true => quote!(Some(#value)),
            false => value,
        });
        let first = sources.next();
        let value = sources.fold(
            quote!(#first),
            |value, other| quote!(#value.or_else(|| #other)),
        );
        let value = match initial.is_null() {
            true => value,
            false => {
                let default = default();
                quote!(#value.or_else(|| Some(#default)))
            }
        };
        return match sent {
            true => quote!(create.#own.unless_sent(|| #value)),
            false => quote!(#value),
        };
    }
    let mut value = sent.then(|| quote!(create.#own));
    for (other, always) in sources {
        // A value that is always present makes the default unnecessary.
        value = match (value, always) {
            (None, true) => return quote!(#other),
            (Some(value), true) => return quote!(#value.unwrap_or_else(|| #other)),
            (None, false) => Some(other),
            (Some(value), false) => Some(quote!(#value.or_else(|| #other))),
        };
    }
    if is_blank(&initial) {
        return quote!(#value.unwrap_or_default());
    }
    if let Some(member) = constant_with_default(plan, &resource.name, field) {
        let place = plan.place(&resource.name);
        return quote!(#value.unwrap_or_else(#place::validate::#member.default));
    }
    let default = default();
    match is_cheap(field) {
        true => quote!(#value.unwrap_or(#default)),
        false => quote!(#value.unwrap_or_else(|| #default)),
    }
}

/// The value of a source, and whether it is always present.
fn value(
    plan: &Plan<'_>,
    resource: &Resource,
    field: &Field,
    source: &Source,
) -> (TokenStream, bool) {
    let rule = || {
        let (name, place) = (&resource.name, plan.place(&resource.name));
        if field.on_create() {
            let member = constant(plan, name, field, Body::Create);
            return quote!(#place::validate::#member.rule);
        }
        let rule = plain_rule(plan, name, field, Body::Create);
        quote!(&#rule)
    };
    match source {
        Source::Request { request } => match request {
            // There is nothing else to take.
            RequestSource::User
                if field.fallback.last() == Some(source)
                    && !is_option(field)
                    && is_blank(&field.initial()) =>
            {
                (quote!(context.user_or_empty()), true)
            }
            RequestSource::User => (quote!(context.user()), false),
            RequestSource::Host => {
                let rule = rule();
                (quote!(context.host(#rule)), false)
            }
        },
        Source::Setting { setting } => {
            let rule = rule();
            (quote!(context.setting(#setting, #rule)), false)
        }
        Source::Field { field: name } => other(plan, resource, name),
    }
}

/// The value of another member, named from the resource, and whether it is always present.
fn other(plan: &Plan<'_>, resource: &Resource, path: &str) -> (TokenStream, bool) {
    if path == resource.id {
        return (quote!(context.id()), true);
    }
    let (mut owner, mut names, mut option) = (resource.name.as_str(), Vec::new(), false);
    for step in path.split('.') {
        names.push(plan.member(owner, step));
        let Some(field) = plan.field(owner, step) else {
            continue;
        };
        option = is_option(field);
        if let Some(name) = kind(&field.ty).object() {
            owner = name;
        } else if names.len() == 1 && !field.fallback.is_empty() {
            // It has a fallback itself, whose result is used.
            return (quote!(#(#names).*.clone()), !option);
        }
    }
    (quote!(create.#(#names).*.clone()), !option)
}

/// The time of the create in the first available time zone.
fn zoned(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Option<TokenStream> {
    let mut sources: Option<TokenStream> = None;
    for source in &field.fallback {
        let next = match source {
            Source::Field { field: name } => match other(plan, resource, name) {
                (other, true) => quote!(Some(#other)),
                (other, false) => other,
            },
            Source::Setting { setting } => {
                let zone = notation(Notation::TimeZone);
                quote!(context.setting(#setting, &#zone))
            }
            Source::Request { .. } => continue,
        };
        sources = Some(match sources {
            Some(sources) => quote!(#sources.or_else(|| #next)),
            None => next,
        });
    }
    let zone = match sources {
        Some(sources) => quote!(#sources.unwrap_or_else(|| "UTC".to_owned())),
        None => quote!("UTC".to_owned()),
    };
    kind(&field.ty).in_zone(plan, &zone)
}

/// The time that the server writes into a new object.
fn stamp(resource: &Resource, field: &Field) -> Option<TokenStream> {
    let times = resource.times.as_ref()?;
    match &field.name {
        name if *name == times.created => Some(quote!(context.created())),
        name if *name == times.updated => Some(quote!(context.updated())),
        _ => None,
    }
}

/// A member of a new object.
pub(super) fn initial(plan: &Plan<'_>, resource: &Resource, field: &Field) -> (Name, Option<Code>) {
    let ident = plan.member(&resource.name, &field.name);
    let kind = kind(&field.ty);
    let stamped = stamp(resource, field).and_then(|moment| kind.stamped(&moment));
    let value = match stamped.or_else(|| kind.made(resource, field)) {
        Some(made) => made,
        None if comes_from_elsewhere(field) => return (ident.into(), None),
        None if field.on_create() => match (kind.linked(plan), is_option(field)) {
            (Some(link), true) => quote!(create.#ident.map(|sent| #link(sent)).transpose()?),
            (Some(link), false) => quote!(#link(create.#ident)?),
            (None, _) => quote!(create.#ident),
        },
        None if field.derive.is_some() => quote!(context.until_settled()),
        None if is_option(field) && field.initial().is_null() => quote!(None),
        None => {
            let default = default(plan, &resource.name, field, &field.initial());
            if is_option(field) {
                quote!(Some(#default))
            } else {
                default
            }
        }
    };
    (ident.into(), Some(value.into()))
}
