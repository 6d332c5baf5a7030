//! Validators: how bodies become models.

use fieldproof_spec::model::{Field, Resource, Source, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::file::file;
use super::model::imports;
use super::rule::{changed, choice, choice_name, merges, rule};
use super::ty::child;
use crate::plan::{Plan, default, ident, is_option, type_name, values_name, variants};

/// The text of `validate.rs`.
pub(super) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let name = type_name(&resource.name);
    let (create, update) = (format_ident!("Create{name}"), format_ident!("Update{name}"));
    let owner = &resource.name;
    let mut items = vec![
        body(
            plan,
            owner,
            &create,
            &resource.fields,
            Field::on_create,
            Taken::Create,
        ),
        body(
            plan,
            owner,
            &update,
            &resource.fields,
            Field::on_update,
            Taken::Update,
        ),
    ];
    let append = format_ident!("Append{name}");
    let appended = resource.append.as_ref().map(|one| {
        let takes = |field: &Field| one.fields.contains(&field.name);
        items.push(body(
            plan,
            owner,
            &append,
            &resource.fields,
            takes,
            Taken::Append,
        ));
        quote!(#append,)
    });
    items.extend(
        resource
            .fields
            .iter()
            .filter_map(|field| choice(plan, owner, field)),
    );
    let own = resource.fields.iter().filter_map(|field| match field.ty {
        Type::Values(_) if field.on_create() => Some(crate::plan::values_name(owner, &field.name)),
        _ => None,
    });
    let own: Vec<Ident> = own.collect();
    let imports = imports(&items);
    let imports = quote! {
        use super::{#appended #create, #update, #(#own),*};
        use fieldproof_runtime::body::{Body, Members};
        #imports
    };
    let about = format!("Validators of `{name}`: every violation is noted at its place.");
    file(&plan.api.name, &about, imports, &items)
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
}

/// How a type is read from a body.
pub(super) fn body(
    plan: &Plan<'_>,
    owner: &str,
    name: &Ident,
    fields: &[Field],
    takes: impl Fn(&Field) -> bool,
    taken: Taken,
) -> TokenStream {
    let changes = taken != Taken::Create;
    let fields: Vec<&Field> = fields.iter().filter(|field| takes(field)).collect();
    let members = match fields.is_empty() {
        true => format_ident!("_members"),
        false => parameter(&fields),
    };
    let reads = fields.iter().map(|field| {
        let (ident, read) = (ident(&field.name), read(plan, owner, field, taken));
        quote!(let #ident = #members.#read;)
    });
    let settled = fields.iter().filter_map(|field| {
        let (ident, settle) = (ident(&field.name), settle(&fields, field, changes)?);
        Some(quote!(let #ident = #members.#settle;))
    });
    let judged = fields
        .iter()
        .flat_map(|field| conditions(owner, &fields, field));
    let judged: Vec<TokenStream> = judged.map(|one| quote!(#members.#one;)).collect();
    let idents = fields.iter().map(|field| {
        let ident = ident(&field.name);
        quote!(#ident: #ident?)
    });
    let spelled = fields.iter().filter(|field| !field.also.is_empty());
    let spelled = spelled.map(|field| {
        let (name, also) = (&field.name, &field.also);
        quote!(#members.also(#name, &[#(#also),*]);)
    });
    quote! {
        impl Body for #name {
            fn read(#members: &mut Members<'_>) -> Option<Self> {
                #(#spelled)*
                #(#reads)*
                #(#settled)*
                #(#judged)*
                Some(Self { #(#idents,)* })
            }
        }
    }
}

/// What a sibling says about a member that may be `null`.
fn conditions(owner: &str, fields: &[&Field], field: &Field) -> Vec<TokenStream> {
    let (wire, own) = (&field.name, ident(&field.name));
    let one = |sibling: &String, value: &String, call: &str, other: &str| {
        let (by, name) = (ident(sibling), values_name(owner, sibling));
        let texts = fields.iter().find_map(|one| match &one.ty {
            Type::Values(texts) if one.name == *sibling => Some(texts),
            _ => None,
        });
        let texts = texts.expect("a condition names a closed list");
        let at = texts
            .iter()
            .position(|text| text == value)
            .unwrap_or_default();
        let variant = &variants(texts)[at];
        let (call, other) = (format_ident!("{call}"), format_ident!("{other}"));
        let when = format!("{sibling} {value}");
        quote!(#call(#wire, #own.as_ref(), #by.#other(|by| by == #name::#variant), #when))
    };
    let only = field.only_if.iter();
    let only = only.map(|(sibling, value)| one(sibling, value, "only", "is_none_or"));
    let needed = field.required_if.iter();
    let needed = needed.map(|(sibling, value)| one(sibling, value, "needed", "is_some_and"));
    only.chain(needed).collect()
}

/// The name of the parameter, which no field may take away.
fn parameter(fields: &[&Field]) -> Ident {
    let mut name = format_ident!("members");
    while fields.iter().any(|field| ident(&field.name) == name) {
        name = format_ident!("{name}_");
    }
    name
}

/// Judges a member whose sibling decides, as far as both were sent; what is
/// left is judged when a change was merged.
fn settle(fields: &[&Field], field: &Field, changes: bool) -> Option<TokenStream> {
    let Type::Choice { by, .. } = &field.ty else {
        return None;
    };
    let sibling = fields.iter().find(|one| one.name == *by)?;
    let (wire, own, by, function) = (
        &field.name,
        ident(&field.name),
        ident(by),
        choice_name(field),
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
        return match is_option(field) {
            true => quote!(nullable(#wire, &#rule)),
            false => quote!(sent(#wire, &#rule)),
        };
    }
    match (field.required, is_option(field)) {
        (true, true) => quote!(required_nullable(#wire, &#rule)),
        (true, false) => quote!(required(#wire, &#rule)),
        (false, true) if initial.is_null() => quote!(nullable(#wire, &#rule)),
        (false, true) => {
            let default = default(owner, field, &initial);
            quote!(nullable_or(#wire, &#rule, || Some(#default)))
        }
        (false, false) => {
            let default = closure(&default(owner, field, &initial));
            quote!(or(#wire, &#rule, #default))
        }
    }
}

/// Reads a member of a body.
fn read(plan: &Plan<'_>, owner: &str, field: &Field, taken: Taken) -> TokenStream {
    if taken == Taken::Create {
        return member(plan, owner, field);
    }
    let (wire, rule) = (&field.name, changed(plan, owner, field));
    if is_option(field) {
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
    if let (Type::Object(name), true) = (&field.ty, merges(field)) {
        let update = child(plan, name, "Update");
        return Some(quote!(|| #update::default().replace()));
    }
    Some(closure(&default(owner, field, &initial)))
}

/// A closure that makes a value, in its shortest form.
fn closure(value: &TokenStream) -> TokenStream {
    match value.to_string().as_str() {
        "Vec :: new ()" => quote!(Vec::new),
        "String :: new ()" => quote!(String::new),
        "Default :: default ()" => quote!(Default::default),
        _ => quote!(|| #value),
    }
}
