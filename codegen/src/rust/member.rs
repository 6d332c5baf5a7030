//! Members of bodies: what all bodies say of one, written once, and how each reads it.

use fieldproof_spec::model::{Field, Source};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::change::is_judged;
use super::rule::rule;
use super::ty;
use crate::kind::{Body, kind};
use crate::plan::{Plan, is_boxed, is_option, making, merges};

/// What a body is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// A new object.
    Create,
    /// A change.
    Update,
    /// What is added to lists.
    Append,
    /// What is said of a shared object, be it new or not.
    Mention,
}

impl Taken {
    /// Whose rules hold.
    fn body(self) -> Body {
        match self {
            Self::Create => Body::Create,
            Self::Update | Self::Append | Self::Mention => Body::Update,
        }
    }
}

/// The constants of all members that bodies take.
pub(super) fn members(
    plan: &Plan<'_>,
    owner: &str,
    fields: &[(Taken, &Field)],
) -> Vec<TokenStream> {
    let mut made: Vec<(Ident, TokenStream)> = Vec::new();
    for (taken, field) in fields {
        let name = constant(plan, owner, field, taken.body());
        if made.iter().all(|(other, _)| *other != name) {
            let of_field = fields.iter().filter(|(_, other)| other.name == field.name);
            let same =
                of_field.filter(|(taken, _)| constant(plan, owner, field, taken.body()) == name);
            let defaulted = same.filter(|(taken, _)| reading(plan, owner, *taken, field).1);
            let one = member(plan, owner, field, taken.body(), defaulted.count() > 0);
            made.push((name, one));
        }
    }
    made.into_iter().map(|(_, one)| one).collect()
}

/// The constant of one member.
fn member(plan: &Plan<'_>, owner: &str, field: &Field, of: Body, defaulted: bool) -> TokenStream {
    let (name, wire) = (constant(plan, owner, field, of), &field.name);
    let (ty, rule) = (
        ty::sent(plan, owner, field, of),
        rule(plan, owner, field, of),
    );
    let member = quote!(::fieldproof_runtime::body::Member);
    // What a new object falls back to is read by the same rule.
    let seen = match !field.fallback.is_empty() && plan.api.resource(owner).is_some() {
        true => quote!(pub(super)),
        false => quote!(),
    };
    if !defaulted {
        return quote!(#seen static #name: #member<#ty> = #member::new(#wire, &#rule););
    }
    let default = making(plan, owner, field, &field.initial());
    quote! {
        #seen static #name: ::fieldproof_runtime::body::Defaulted<#ty> =
            #member::new(#wire, &#rule).or(#default);
    }
}

/// The name of the constant: changes have one of their own where they take something else.
pub(super) fn constant(plan: &Plan<'_>, owner: &str, field: &Field, of: Body) -> Ident {
    let same = || {
        let of = |of| rule(plan, owner, field, of).to_string();
        of(Body::Create) == of(Body::Update)
    };
    match of == Body::Update && !same() {
        true => plan.changed(owner, &field.name),
        false => plan.constant(owner, &field.name),
    }
}

/// The constant of a member that bodies of new objects and changes read alike, where it
/// has a default.
pub(super) fn constant_with_default(plan: &Plan<'_>, owner: &str, field: &Field) -> Option<Ident> {
    let name = constant(plan, owner, field, Body::Create);
    let alike = name == constant(plan, owner, field, Body::Update);
    let written = field.on_create() && field.on_update();
    (alike && written && changed(field).1).then_some(name)
}

/// How a body reads the member.
pub(super) fn call(plan: &Plan<'_>, owner: &str, taken: Taken, field: &Field) -> TokenStream {
    let (method, _) = reading(plan, owner, taken, field);
    let (method, name) = (
        format_ident!("{method}"),
        constant(plan, owner, field, taken.body()),
    );
    let mut settings = field.fallback.iter().filter_map(|source| match source {
        Source::Setting { setting } => Some(setting),
        Source::Field { .. } | Source::Request { .. } => None,
    });
    match settings.next().filter(|_| method == "reset_to") {
        Some(setting) => quote!(#method(&#name, #setting)),
        None => quote!(#method(&#name)),
    }
}

/// The function that reads the member, and whether it needs a default.
fn reading(plan: &Plan<'_>, owner: &str, taken: Taken, field: &Field) -> (&'static str, bool) {
    match taken {
        Taken::Create => created(plan, owner, field),
        Taken::Update => changed(field),
        Taken::Mention if merges(field) => ("change_required", false),
        Taken::Mention if is_option(field) => ("presence", false),
        Taken::Append | Taken::Mention => ("sent", false),
    }
}

fn created(plan: &Plan<'_>, owner: &str, field: &Field) -> (&'static str, bool) {
    if !field.fallback.is_empty() {
        // A resource looks for it elsewhere when it is not sent at all.
        return match (is_option(field), plan.api.resource(owner).is_some()) {
            (true, true) => ("presence", false),
            (true, false) => ("nullable", false),
            (false, _) => ("sent", false),
        };
    }
    match (field.required, is_option(field)) {
        (true, true) => ("required_nullable", false),
        (true, false) => ("required", false),
        (false, true) if field.initial().is_null() => ("nullable", false),
        (false, true) => ("nullable_or", true),
        (false, false) if is_empty_object(plan, owner, field) => ("object", false),
        (false, false) => ("or", true),
    }
}

fn changed(field: &Field) -> (&'static str, bool) {
    let initial = field.initial();
    let set = |source: &Source| matches!(source, Source::Setting { .. });
    match (field.required, is_option(field)) {
        (_, true) if initial.is_null() => ("change", false),
        (_, true) => ("change_or", true),
        (true, false) if merges(field) => ("change_required", false),
        (false, false) if merges(field) => ("change_object", false),
        (true, false) => ("sent", false),
        (false, false) if initial.is_null() => ("sent_or", true),
        (false, false) if field.fallback.iter().any(set) => ("reset_to", true),
        (false, false) => ("reset", true),
    }
}

/// Whether the member is an object that is read alike when it is not sent and when it
/// is empty.
fn is_empty_object(plan: &Plan<'_>, owner: &str, field: &Field) -> bool {
    let Some(name) = kind(&field.ty).object().filter(|_| merges(field)) else {
        return false;
    };
    let object = plan.api.object(name);
    let needs = object.is_some_and(|object| object.fields.iter().any(|one| one.required));
    field.default.is_none() && !needs && !is_judged(plan, name) && !is_boxed(plan.api, owner, field)
}
