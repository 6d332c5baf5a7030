//! Members: when they are optional, and what stands in for them.

use fieldproof_spec::kind::is_mixed;
use fieldproof_spec::model::{Derive, Field, Form, Resource, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value, json};

use super::{Plan, is_boxed, variants};

/// Whether a member of the model is an `Option`: it may be `null`, or nothing
/// can stand in for it when it is not sent.
pub(crate) fn is_option(field: &Field) -> bool {
    // Identifiers, joined texts and moments that the server stamps are always there.
    let joined = matches!(field.derive, Some(Derive::Join(_)));
    let computed = matches!(field.ty, Type::Id | Type::Token) || joined || field.stamped;
    let lookup = matches!(field.derive, Some(Derive::Lookup { .. }));
    let computed = computed || !field.fallback.is_empty() || is_zoned(field);
    field.nullable || lookup || (!computed && !field.required && field.initial().is_null())
}

/// Whether it is the moment of the create, which is in UTC where no time zone is named.
pub(crate) fn is_zoned(field: &Field) -> bool {
    matches!(field.ty, Type::ZonedTime { .. })
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

/// What makes that value when it is called.
pub(crate) fn making(plan: &Plan<'_>, owner: &str, field: &Field, value: &Value) -> TokenStream {
    maker(plan, owner, field, value).unwrap_or_else(|| {
        let default = default(plan, owner, field, value);
        quote!(|| #default)
    })
}

/// The function that makes an empty value.
fn maker(plan: &Plan<'_>, owner: &str, field: &Field, value: &Value) -> Option<TokenStream> {
    if is_boxed(plan.api, owner, field) {
        return None;
    }
    match value {
        Value::Array(items) if field.list => items.is_empty().then(|| quote!(Vec::new)),
        _ if is_json(&field.ty) && (value.is_null() || *value == json!({})) => {
            Some(quote!(Default::default))
        }
        Value::String(text) if text.is_empty() && !matches!(field.ty, Type::Values(_)) => {
            Some(quote!(String::new))
        }
        Value::Null if !matches!(field.ty, Type::Values(_)) => Some(quote!(Default::default)),
        _ => None,
    }
}

fn one(plan: &Plan<'_>, owner: &str, field: &Field, value: &Value) -> TokenStream {
    match (&field.ty, value) {
        (Type::Values(texts), text) => {
            let first = || texts.first().map_or("", String::as_str);
            variant(plan, owner, field, text.as_str().unwrap_or_else(first))
        }
        (Type::Object(name), Value::Object(given)) => object(plan, name, given),
        (Type::DateTime(form), Value::String(text)) => {
            let form = form_name(*form);
            quote! {
                ::fieldproof_runtime::value::Form::#form
                    .read(#text)
                    .map_or_else(Default::default, ::fieldproof_runtime::value::#form)
            }
        }
        (Type::Decimal { .. }, Value::Number(number)) => {
            let parts = (number.as_f64().unwrap_or_default() * 10_000.0).round() as i64;
            let parts = proc_macro2::Literal::i64_unsuffixed(parts);
            quote!(::fieldproof_runtime::value::Decimal::from_parts(#parts))
        }
        (ty, value) if is_json(ty) => {
            let text = value.to_string();
            quote!(serde_json::from_str(#text).unwrap_or_default())
        }
        (_, Value::Bool(flag)) => quote!(#flag),
        (_, Value::Number(number)) => {
            let number = proc_macro2::Literal::i64_unsuffixed(number.as_i64().unwrap_or_default());
            quote!(#number)
        }
        (_, Value::String(text)) => quote!(#text.to_owned()),
        _ => quote!(Default::default()),
    }
}

/// A value of a closed list.
pub(crate) fn variant(plan: &Plan<'_>, owner: &str, field: &Field, text: &str) -> TokenStream {
    let texts = match &field.ty {
        Type::Values(texts) => texts.as_slice(),
        _ => &[],
    };
    let at = texts.iter().position(|other| other == text);
    let (name, variants) = (plan.values_path(owner, &field.name), variants(texts));
    let variant = variants.get(at.unwrap_or_default());
    quote!(#name::#variant)
}

/// An object with these members, and what stands in for the others.
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

/// Whether values of the type are kept as JSON.
fn is_json(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Map | Type::Headers | Type::Template | Type::Entry(_)
    ) || is_mixed(ty)
}

/// The type in the runtime that prints this form.
pub(crate) fn form_name(form: Form) -> Ident {
    format_ident!(
        "{}",
        match form {
            Form::SecondsOffset => "SecondsOffset",
            Form::MillisZ => "MillisZ",
            Form::Local => "Local",
        }
    )
}

/// Whether the server stamps the field.
pub(crate) fn is_time(resource: &Resource, field: &Field) -> bool {
    resource
        .times
        .as_ref()
        .is_some_and(|times| times.created == field.name || times.updated == field.name)
}

/// Whether a default of the field costs nothing to make, so that it needs no closure.
pub(crate) fn is_cheap(field: &Field) -> bool {
    let copied = matches!(
        field.ty,
        Type::Boolean | Type::Integer { .. } | Type::Decimal { .. } | Type::Values(_)
    );
    copied && !field.list
}
