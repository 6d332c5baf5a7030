//! Validators: how bodies become models.

use fieldproof_spec::model::{Field, Resource};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::change::{self, Condition};
use super::file::{Text, file};
use super::imports::Place;
use super::member::{Taken, call, members};
use super::rule::{choice, choice_name};
use crate::kind::kind;
use crate::plan::{Plan, default, is_option};

/// The text of `validate.rs`.
pub(super) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let (owner, fields) = (&resource.name, &resource.fields);
    let append = resource.append.as_ref();
    let appended = |field: &Field| append.is_some_and(|one| one.fields.contains(&field.name));
    let mut bodies = vec![
        Read::new(
            plan.ty(owner, "Create"),
            Taken::Create,
            fields,
            Field::on_create,
        ),
        Read::new(
            plan.ty(owner, "Update"),
            Taken::Update,
            fields,
            Field::on_update,
        ),
    ];
    if append.is_some() {
        let name = plan.ty(owner, "Append");
        bodies.push(Read::new(name, Taken::Append, fields, appended));
    }
    let mut items = read(plan, owner, &bodies);
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

/// A type that is read from bodies.
pub(super) struct Read<'a> {
    /// Its name beside that of its owner.
    name: Ident,
    taken: Taken,
    /// What bodies write of it.
    fields: Vec<&'a Field>,
    /// What only the server sets.
    kept: Vec<&'a Field>,
}

impl<'a> Read<'a> {
    /// A type with those of the fields that bodies may send.
    pub(super) fn new(
        name: Ident,
        taken: Taken,
        fields: &'a [Field],
        takes: impl Fn(&Field) -> bool,
    ) -> Self {
        let (fields, kept) = fields.iter().partition(|one| takes(one));
        Self {
            name,
            taken,
            fields,
            kept,
        }
    }
}

/// How types of `owner` are read from bodies: the members of all of them, each once,
/// and then each type.
pub(super) fn read(plan: &Plan<'_>, owner: &str, all: &[Read<'_>]) -> Vec<TokenStream> {
    let fields = all
        .iter()
        .flat_map(|one| one.fields.iter().map(|field| (one.taken, *field)));
    let mut items = members(plan, owner, &fields.collect::<Vec<_>>());
    items.extend(all.iter().map(|one| body(plan, owner, one)));
    items
}

/// How one type is read from a body.
fn body(plan: &Plan<'_>, owner: &str, one: &Read<'_>) -> TokenStream {
    let Read {
        name,
        taken,
        fields,
        kept,
    } = one;
    let changes = *taken != Taken::Create;
    // What a nested object has beside them, only the server sets.
    let object = plan.api.object(owner).is_some();
    let kept: Vec<&Field> = kept.iter().copied().filter(|_| object).collect();
    let members = match fields.is_empty() && kept.is_empty() {
        true => format_ident!("_members"),
        false => parameter(plan, owner, fields),
    };
    let reads = fields.iter().map(|field| {
        let ident = plan.member(owner, &field.name);
        let read = call(plan, owner, *taken, field);
        quote!(let #ident = #members.#read;)
    });
    let settled = fields.iter().filter_map(|field| {
        let ident = plan.member(owner, &field.name);
        let settle = settle(plan, owner, fields, field, changes)?;
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
        quote!(#members.managed(#wire);)
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
        quote!(#members.alias(#name, &[#(#also),*]);)
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
