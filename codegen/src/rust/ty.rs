//! Types of members.

use fieldproof_spec::kind::is_mixed;
use fieldproof_spec::model::{Field, Type};
use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Plan, form_name, is_boxed, is_option, merges};

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
    match (is_option(field), field.fallback.is_empty()) {
        (true, false) => quote!(::fieldproof_runtime::body::Presence<#inner>),
        (true, true) | (false, false) => quote!(Option<#inner>),
        (false, true) => inner,
    }
}

/// The type of a member as an update takes it.
pub(super) fn updated(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    if let (Type::Object(name), true) = (&field.ty, merges(field)) {
        let path = plan.path(name, "Update");
        return quote!(Option<#path>);
    }
    let inner = inner(plan, owner, field, true);
    match is_option(field) {
        true => quote!(::fieldproof_runtime::body::Presence<#inner>),
        false => quote!(Option<#inner>),
    }
}

/// The type of a list to which an append adds.
pub(super) fn appended(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let inner = inner(plan, owner, field, true);
    quote!(Option<#inner>)
}

fn inner(plan: &Plan<'_>, owner: &str, field: &Field, draft: bool) -> TokenStream {
    let one = one(plan, owner, field, draft);
    match field.list {
        true => quote!(Vec<#one>),
        false if is_boxed(plan.api, owner, field) => quote!(Box<#one>),
        false => one,
    }
}

fn one(plan: &Plan<'_>, owner: &str, field: &Field, draft: bool) -> TokenStream {
    match &field.ty {
        ty if is_mixed(ty) => quote!(serde_json::Value),
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
        Type::Values(_) => plan.values_path(owner, &field.name),
        Type::Boolean => quote!(bool),
        Type::Integer { .. } => quote!(i64),
        Type::Decimal { .. } => quote!(::fieldproof_runtime::value::Decimal),
        Type::DateTime(form) => {
            let form = form_name(*form);
            quote!(::fieldproof_runtime::value::#form)
        }
        Type::Password { .. } => quote!(::fieldproof_runtime::value::Secret),
        Type::Secret { .. } => quote!(::fieldproof_runtime::value::Sealed),
        Type::Template => quote!(serde_json::Value),
        Type::Map | Type::Headers | Type::Entry(_) => {
            quote!(serde_json::Map<String, serde_json::Value>)
        }
        Type::ZonedTime { object: name, .. } | Type::TableRow(name) | Type::Object(name) => {
            plan.path(name, "")
        }
        Type::Shared(name) if draft => {
            let (place, members) = (plan.place(name), members(plan, name));
            quote!(::fieldproof_runtime::body::rule::Mention<#place::#members>)
        }
        Type::Child(name) if draft => {
            let path = plan.path(name, "Create");
            quote!(::fieldproof_runtime::body::Draft<#path>)
        }
        Type::Shared(name) | Type::Child(name) => plan.path(name, ""),
    }
}

/// The name of the members of a shared object, as bodies send them.
pub(super) fn members(plan: &Plan<'_>, object: &str) -> proc_macro2::Ident {
    quote::format_ident!("{}Members", plan.ty(object, ""))
}
