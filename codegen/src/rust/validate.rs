//! Validators: how bodies become models.

use fieldproof_spec::model::{Field, Resource, Source};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::change::{self, Condition};
use super::file::{Text, file};
use super::imports::Place;
use super::rule::{changed, choice, choice_name, rule};
use crate::kind::kind;
use crate::plan::{Plan, default, is_option, making, merges};

/// The text of `validate.rs`.
pub(super) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let (owner, fields) = (&resource.name, &resource.fields);
    let mut items = vec![
        body(
            plan,
            owner,
            "Create",
            fields,
            Field::on_create,
            Taken::Create,
        ),
        body(
            plan,
            owner,
            "Update",
            fields,
            Field::on_update,
            Taken::Update,
        ),
    ];
    items.extend(resource.append.as_ref().map(|one| {
        let takes = |field: &Field| one.fields.contains(&field.name);
        body(plan, owner, "Append", fields, takes, Taken::Append)
    }));
    items.extend(fields.iter().filter_map(|field| choice(plan, owner, field)));
    let name = plan.ty(owner, "");
    let text = Text {
        of: &plan.api.name,
        about: &format!("Validators of `{name}`: every violation is noted at its place."),
        head: &[],
        items: &items,
    };
    file(&Place::below(plan, owner, "validate"), &text)
}

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

/// How a type of `owner` is read from a body; `prefix` names one beside its own.
pub(super) fn body(
    plan: &Plan<'_>,
    owner: &str,
    prefix: &str,
    fields: &[Field],
    takes: impl Fn(&Field) -> bool,
    taken: Taken,
) -> TokenStream {
    body_of(plan, owner, &plan.ty(owner, prefix), fields, takes, taken)
}

/// How the type `name` beside that of `owner` is read from a body.
pub(super) fn body_of(
    plan: &Plan<'_>,
    owner: &str,
    name: &Ident,
    fields: &[Field],
    takes: impl Fn(&Field) -> bool,
    taken: Taken,
) -> TokenStream {
    let changes = taken != Taken::Create;
    // What a nested object has beside them, only the server sets.
    let object = plan.api.object(owner).is_some();
    let (fields, kept): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|one| takes(one));
    let kept: Vec<&Field> = kept.into_iter().filter(|_| object).collect();
    let members = match fields.is_empty() && kept.is_empty() {
        true => format_ident!("_members"),
        false => parameter(plan, owner, &fields),
    };
    let reads = fields.iter().map(|field| {
        let (ident, read) = (
            plan.member(owner, &field.name),
            read(plan, owner, field, taken),
        );
        quote!(let #ident = #members.#read;)
    });
    let settled = fields.iter().filter_map(|field| {
        let ident = plan.member(owner, &field.name);
        let settle = settle(plan, owner, &fields, field, changes)?;
        Some(quote!(let #ident = #members.#settle;))
    });
    // Those of a change are judged when it was merged.
    let judged = fields.iter().filter(|_| !changes).flat_map(|field| {
        let ident = plan.member(owner, &field.name);
        let calls = conditions(plan, owner, field).into_iter();
        let judged = calls.map(|call| quote!(let #ident = #members.#call;));
        judged.collect::<Vec<_>>()
    });
    let idents = fields.iter().map(|field| {
        let ident = plan.member(owner, &field.name);
        quote!(#ident: #ident?)
    });
    let echoed = kept.iter().map(|field| {
        let wire = &field.name;
        quote!(#members.kept(#wire);)
    });
    let made = kept.iter().filter(|_| !changes).map(|field| {
        let ident = plan.member(owner, &field.name);
        let initial = field.initial();
        let default = default(plan, owner, field, &initial);
        match (is_option(field), initial.is_null()) {
            (true, true) => quote!(#ident: None),
            (true, false) => quote!(#ident: Some(#default)),
            (false, _) => quote!(#ident: #default),
        }
    });
    let spelled = fields.iter().filter(|field| !field.also.is_empty());
    let spelled = spelled.map(|field| {
        let (name, also) = (&field.name, &field.also);
        quote!(#members.also(#name, &[#(#also),*]);)
    });
    let place = plan.place(owner);
    quote! {
        impl ::fieldproof_runtime::body::Body for #place::#name {
            fn read(#members: &mut ::fieldproof_runtime::body::Members<'_>) -> Option<Self> {
                #(#spelled)*
                #(#reads)*
                #(#settled)*
                #(#judged)*
                #(#echoed)*
                Some(Self { #(#idents,)* #(#made,)* })
            }
        }
    }
}

/// What siblings say about a member that may be `null`.
fn conditions(plan: &Plan<'_>, owner: &str, field: &Field) -> Vec<TokenStream> {
    let (wire, own) = (&field.name, plan.member(owner, &field.name));
    let all = change::conditions(plan, owner, field).into_iter();
    let one = all.map(|condition| {
        let Condition {
            call,
            sibling,
            value,
            when,
        } = condition;
        // A sibling that was refused says nothing.
        let holds = match call == "only" {
            true => quote!(#sibling.is_none_or(|by| by == #value)),
            false => quote!(#sibling.is_some_and(|by| by == #value)),
        };
        quote!(#call(#wire, #own, #holds, #when))
    });
    one.collect()
}

/// The name of the parameter, which no field may take away.
fn parameter(plan: &Plan<'_>, owner: &str, fields: &[&Field]) -> Ident {
    let mut name = format_ident!("members");
    while fields
        .iter()
        .any(|one| plan.member(owner, &one.name) == name)
    {
        name = format_ident!("{name}_");
    }
    name
}

/// Judges a member whose sibling decides, as far as both were sent; what is
/// left is judged when a change was merged.
fn settle(
    plan: &Plan<'_>,
    owner: &str,
    fields: &[&Field],
    field: &Field,
    changes: bool,
) -> Option<TokenStream> {
    let by = kind(&field.ty).choice()?.by;
    let sibling = fields.iter().find(|one| one.name == by)?;
    let (wire, own, by, function) = (
        &field.name,
        plan.member(owner, &field.name),
        plan.member(owner, by),
        choice_name(plan, owner, field),
    );
    match (changes, is_option(field), is_option(sibling)) {
        (true, false, false) => {
            Some(quote!(chosen_sent(#wire, #own, #by.flatten().map(#function))))
        }
        (true, ..) => None,
        (false, false, false) => Some(quote!(chosen(#wire, #own, #by.map(#function)))),
        (false, false, true) => Some(quote!(chosen(#wire, #own, #by.flatten().map(#function)))),
        (false, true, false) => Some(quote!(chosen_sent(#wire, #own, #by.map(#function)))),
        (false, true, true) => Some(quote!(chosen_sent(#wire, #own, #by.flatten().map(#function)))),
    }
}

/// Reads a member of a new object.
fn member(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let (wire, rule) = (&field.name, rule(plan, owner, field));
    let initial = field.initial();
    if !field.fallback.is_empty() {
        // A resource looks for it elsewhere when it is not sent at all.
        return match (is_option(field), plan.api.resource(owner).is_some()) {
            (true, true) => quote!(presence(#wire, &#rule)),
            (true, false) => quote!(nullable(#wire, &#rule)),
            (false, _) => quote!(sent(#wire, &#rule)),
        };
    }
    match (field.required, is_option(field)) {
        (true, true) => quote!(required_nullable(#wire, &#rule)),
        (true, false) => quote!(required(#wire, &#rule)),
        (false, true) if initial.is_null() => quote!(nullable(#wire, &#rule)),
        (false, true) => {
            let default = default(plan, owner, field, &initial);
            quote!(nullable_or(#wire, &#rule, || Some(#default)))
        }
        (false, false) => {
            let making = making(plan, owner, field, &initial);
            quote!(or(#wire, &#rule, #making))
        }
    }
}

/// Reads a member of a body.
fn read(plan: &Plan<'_>, owner: &str, field: &Field, taken: Taken) -> TokenStream {
    if taken == Taken::Create {
        return member(plan, owner, field);
    }
    let (wire, rule) = (&field.name, changed(plan, owner, field));
    if is_option(field) && taken != Taken::Append {
        return quote!(presence(#wire, &#rule));
    }
    let default = reset(plan, owner, field).filter(|_| taken == Taken::Update);
    let Some(default) = default else {
        return quote!(sent(#wire, &#rule));
    };
    let mut settings = field.fallback.iter().filter_map(|source| match source {
        Source::Setting { setting } => Some(setting),
        _ => None,
    });
    match settings.next() {
        Some(setting) => quote!(reset_to(#wire, &#rule, #setting, #default)),
        None => quote!(reset(#wire, &#rule, #default)),
    }
}

/// What `null` sets a member to that is never `null`, where it has a default.
fn reset(plan: &Plan<'_>, owner: &str, field: &Field) -> Option<TokenStream> {
    let initial = field.initial();
    if field.required || initial.is_null() {
        return None;
    }
    if let (Some(name), true) = (kind(&field.ty).object(), merges(field)) {
        let update = plan.path(name, "Update");
        return Some(quote!(|| #update::default().replace()));
    }
    Some(making(plan, owner, field, &initial))
}
