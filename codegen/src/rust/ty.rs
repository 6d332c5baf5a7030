//! Types of members.

use fieldproof_spec::model::{Field, Type};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::rule::merges;
use crate::plan::{Plan, form_name, ident, is_option, type_name, values_name};

/// The type of a member as it is shown.
pub(super) fn shown(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let inner = inner(plan, owner, field, false);
    match is_option(field) {
        true => quote!(Option<#inner>),
        false => inner,
    }
}

/// The type of a member as a create takes it.
pub(super) fn created(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let inner = inner(plan, owner, field, true);
    match is_option(field) || !field.fallback.is_empty() {
        true => quote!(Option<#inner>),
        false => inner,
    }
}

/// The type of a member as an update takes it.
pub(super) fn updated(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    if let (Type::Object(name), true) = (&field.ty, merges(field)) {
        let path = child(plan, name, "Update");
        return quote!(Option<#path>);
    }
    let inner = inner(plan, owner, field, true);
    match is_option(field) {
        true => quote!(Presence<#inner>),
        false => quote!(Option<#inner>),
    }
}

fn inner(plan: &Plan<'_>, owner: &str, field: &Field, draft: bool) -> TokenStream {
    let one = one(plan, owner, field, draft);
    match field.list {
        true => quote!(Vec<#one>),
        false => one,
    }
}

fn one(plan: &Plan<'_>, owner: &str, field: &Field, draft: bool) -> TokenStream {
    match &field.ty {
        Type::Id
        | Type::Text { .. }
        | Type::Email { .. }
        | Type::TimeZone
        | Type::Language
        | Type::Color
        | Type::Phone
        | Type::ExternalId
        | Type::Name
        | Type::Preset(_)
        | Type::Token
        | Type::Url { .. }
        | Type::Host { .. }
        | Type::SigningKey(_)
        | Type::Key { .. }
        | Type::Choice { .. } => quote!(String),
        Type::Values(_) => {
            let name = values_name(owner, &field.name);
            quote!(#name)
        }
        Type::Boolean => quote!(bool),
        Type::Integer { .. } => quote!(i64),
        Type::Decimal { .. } => quote!(value::Decimal),
        Type::DateTime(form) => {
            let form = form_name(*form);
            quote!(value::#form)
        }
        Type::Password { .. } => quote!(value::Secret),
        Type::Secret { .. } => quote!(value::Sealed),
        Type::Template => quote!(serde_json::Value),
        Type::Map | Type::Headers | Type::Entry(_) => {
            quote!(serde_json::Map<String, serde_json::Value>)
        }
        Type::ZonedTime { object: name, .. } | Type::TableRow(name) | Type::Object(name) => {
            path(plan, name)
        }
        Type::Shared(name) if draft => {
            let path = member(plan, name);
            quote!(rule::Mention<#path>)
        }
        Type::Shared(name) => path(plan, name),
        Type::Child(name) if draft => {
            let path = child(plan, name, "Create");
            quote!(Draft<#path>)
        }
        Type::Child(name) => child(plan, name, ""),
    }
}

/// The path of a type that stands in a module of its own.
pub(super) fn path(plan: &Plan<'_>, name: &str) -> TokenStream {
    let (api, module, name) = (ident(&plan.api.name), ident(name), type_name(name));
    quote!(crate::#api::#module::#name)
}

/// The path of the members of a shared object, as bodies send them.
fn member(plan: &Plan<'_>, object: &str) -> TokenStream {
    let (api, module, name) = (ident(&plan.api.name), ident(object), type_name(object));
    let name = format_ident!("{name}Members");
    quote!(crate::#api::#module::#name)
}

/// The path of a child's type, such as `CreateBook`.
pub(super) fn child(plan: &Plan<'_>, name: &str, prefix: &str) -> TokenStream {
    let (api, module) = (ident(&plan.api.name), ident(name));
    let name = format_ident!("{prefix}{}", type_name(name));
    quote!(crate::#api::#module::#name)
}
