//! Optional members, and defaults for those that are not sent.

use fieldproof_spec::model::{Derive, Field};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::nesting::is_boxed;
use crate::kind::{At, Origin, kind};
use crate::plan::Plan;

/// Whether a member of the model is an `Option`: it may be `null`, or has no value to use when
/// it is not sent.
pub(crate) fn is_option(field: &Field) -> bool {
    // Identifiers, joined texts and times that the server sets are always present.
    let joined = matches!(field.derive, Some(Derive::Join(_)));
    let made = kind(&field.ty).origin() != Origin::Body || joined || field.stamped;
    let lookup = matches!(field.derive, Some(Derive::Lookup { .. }));
    let computed = made || !field.fallback.is_empty();
    field.nullable || lookup || (!computed && !field.required && field.initial().is_null())
}

/// The value of a member that was not sent, without its `Option`.
pub(crate) fn default(plan: &Plan<'_>, owner: &str, field: &Field, value: &Value) -> TokenStream {
    if let Some(maker) = maker(plan, owner, field, value) {
        return quote!(#maker());
    }
    if let (Value::Array(items), true) = (value, field.list) {
        let items = items.iter().map(|item| one(plan, owner, field, item));
        return quote!(vec![#(#items),*]);
    }
    let one = one(plan, owner, field, value);
    match is_boxed(plan.api, owner, field) {
        true => quote!(Box::new(#one)),
        false => one,
    }
}

/// A function or closure that makes this value.
pub(crate) fn making(plan: &Plan<'_>, owner: &str, field: &Field, value: &Value) -> TokenStream {
    maker(plan, owner, field, value).unwrap_or_else(|| {
        let default = default(plan, owner, field, value);
        quote!(|| #default)
    })
}

/// The function that makes an empty value, if it is one.
fn maker(plan: &Plan<'_>, owner: &str, field: &Field, value: &Value) -> Option<TokenStream> {
    if is_boxed(plan.api, owner, field) {
        return None;
    }
    let kind = kind(&field.ty);
    if let (Some(name), Value::Object(given), false) = (kind.object(), value, field.list) {
        let path = plan.path(name, "");
        let object = plan.api.object(name);
        let begin = given.iter().all(|(name, value)| {
            let mut members = object.into_iter().flat_map(|one| &one.fields);
            members.any(|one| one.name == *name && one.initial() == *value)
        });
        let plain = begin && is_default(plan, name);
        return plain.then(|| quote!(#path::default));
    }
    match value {
        Value::Array(items) if field.list => items.is_empty().then(|| quote!(Vec::new)),
        value => kind.empty(value),
    }
}

/// Whether every member of an object begins with the default of its Rust type.
pub(super) fn is_default(plan: &Plan<'_>, name: &str) -> bool {
    let begins = |field: &Field| {
        let (kind, initial) = (kind(&field.ty), field.initial());
        if field.required || kind.origin() != Origin::Body {
            return false;
        }
        if is_option(field) || field.list {
            return initial.is_null() || initial == json!([]);
        }
        let owner = name;
        let ty = kind.ty(At { plan, owner, field }).to_string();
        match &initial {
            Value::Bool(value) => !value && ty == "bool",
            Value::Number(value) => value.as_i64() == Some(0) && ty == "i64",
            Value::String(text) => text.is_empty() && ty == "String",
            Value::Object(given) if given.is_empty() => {
                let object = kind.object();
                object.map_or(kind.empty(&initial).is_some(), |name| {
                    is_default(plan, name)
                })
            }
            _ => false,
        }
    };
    let object = plan.api.object(name);
    object.is_some_and(|object| object.fields.iter().all(begins))
}

fn one(plan: &Plan<'_>, owner: &str, field: &Field, value: &Value) -> TokenStream {
    let kind = kind(&field.ty);
    match (kind.object(), value) {
        (Some(name), Value::Object(given)) => object(plan, name, given),
        _ => kind.literal(At { plan, owner, field }, value),
    }
}

/// A value of a closed list.
pub(crate) fn variant(plan: &Plan<'_>, owner: &str, field: &Field, text: &str) -> TokenStream {
    kind(&field.ty).literal(At { plan, owner, field }, &text.into())
}

/// An object with these members, and defaults for the others.
fn object(plan: &Plan<'_>, name: &str, given: &Map<String, Value>) -> TokenStream {
    let object = plan.api.object(name);
    let members = object.into_iter().flat_map(|object| &object.fields);
    let members = members.map(|field| {
        let ident = plan.member(name, &field.name);
        let value = given.get(&field.name).cloned();
        let value = value.unwrap_or_else(|| field.initial());
        let made = default(plan, name, field, &value);
        match (is_option(field), value.is_null()) {
            (true, true) => quote!(#ident: None),
            (true, false) => quote!(#ident: Some(#made)),
            (false, _) => quote!(#ident: #made),
        }
    });
    let path = plan.path(name, "");
    quote!(#path { #(#members,)* })
}

/// Whether a default of the field is cheap enough to need no closure.
pub(crate) fn is_cheap(field: &Field) -> bool {
    kind(&field.ty).is_cheap() && !field.list
}
