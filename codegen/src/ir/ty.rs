//! Types of members.

use fieldproof_spec::model::Field;
use proc_macro2::TokenStream;
use quote::quote;

use super::initial::is_option;
use super::nesting::{is_boxed, merges, read_as};
use crate::kind::{At, Body, kind};
use crate::plan::Plan;

/// The type of a member in the model.
pub(super) fn shown(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let at = At { plan, owner, field };
    let one = kind(&field.ty).ty(at);
    let whole = whole(at, one, is_boxed(plan.api, owner, field));
    match is_option(field) {
        true => quote!(Option<#whole>),
        false => whole,
    }
}

/// The type of a member in a create.
pub(super) fn created(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let sent = sent(plan, owner, field, Body::Create);
    match (is_option(field), field.fallback.is_empty()) {
        (true, false) => quote!(::fieldproof_runtime::body::Presence<#sent>),
        (true, true) | (false, false) => quote!(Option<#sent>),
        (false, true) => sent,
    }
}

/// The type of a member in an update.
pub(super) fn updated(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let sent = sent(plan, owner, field, Body::Update);
    match is_option(field) {
        true => quote!(::fieldproof_runtime::body::Presence<#sent>),
        false if merges(field) => sent,
        false => quote!(Option<#sent>),
    }
}

/// The type of a list in an append.
pub(super) fn appended(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let sent = sent(plan, owner, field, Body::Update);
    quote!(Option<#sent>)
}

/// The type of the value that a body sends.
pub(super) fn sent(plan: &Plan<'_>, owner: &str, field: &Field, of: Body) -> TokenStream {
    let at = At { plan, owner, field };
    let of = read_as(at.field, of);
    let one = kind(&at.field.ty).body_ty(at, of);
    // An object that is updated member by member has the update type, which needs no box.
    let boxed = of == Body::Create && is_boxed(at.plan.api, at.owner, at.field);
    whole(at, one, boxed)
}

/// The type of a member with all its values, given that of one value.
fn whole(at: At<'_>, one: TokenStream, boxed: bool) -> TokenStream {
    match at.field.list {
        true => quote!(Vec<#one>),
        false if boxed => quote!(Box<#one>),
        false => one,
    }
}
