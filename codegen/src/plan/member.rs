//! Members: when they are optional, and what stands in for them.

use fieldproof_spec::model::{Derive, Field, Form, Mode, Resource, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::name::{type_name, variants};

/// Whether a member of the model is an `Option`: it may be `null`, or nothing
/// can stand in for it when it is not sent.
pub(crate) fn is_option(field: &Field) -> bool {
    // Identifiers, joined texts and moments that only the server sets are always there.
    let moment = matches!(field.ty, Type::DateTime(_)) && field.mode == Mode::ReadOnly;
    let joined = matches!(field.derive, Some(Derive::Join(_)));
    let computed = matches!(field.ty, Type::Id | Type::Token) || joined || moment;
    let lookup = matches!(field.derive, Some(Derive::Lookup { .. }));
    let computed = computed || !field.fallback.is_empty();
    field.nullable || lookup || (!computed && !field.required && field.initial().is_null())
}

/// Name of the type for a closed list of texts.
pub(crate) fn values_name(owner: &str, field: &str) -> Ident {
    format_ident!("{}{}", type_name(owner), type_name(field))
}

/// The value of a member that was not sent, without its `Option`.
pub(crate) fn default(owner: &str, field: &Field, value: &Value) -> TokenStream {
    if let Value::Array(items) = value
        && field.list
    {
        let items = items.iter().map(|item| one(owner, field, item));
        return match items.len() {
            0 => quote!(Vec::new()),
            _ => quote!(vec![#(#items),*]),
        };
    }
    one(owner, field, value)
}

fn one(owner: &str, field: &Field, value: &Value) -> TokenStream {
    match (&field.ty, value) {
        (Type::Values(texts), Value::String(text)) => {
            let at = texts
                .iter()
                .position(|other| other == text)
                .unwrap_or_default();
            let (name, variant) = (values_name(owner, &field.name), &variants(texts)[at]);
            quote!(#name::#variant)
        }
        (Type::DateTime(form), Value::String(text)) => {
            let form = form_name(*form);
            quote!(value::Form::#form.read(#text).map_or_else(Default::default, value::#form))
        }
        (Type::Decimal { .. }, Value::Number(number)) => {
            let parts = (number.as_f64().unwrap_or_default() * 10_000.0).round() as i64;
            quote!(value::Decimal::from_parts(#parts))
        }
        (_, Value::Bool(flag)) => quote!(#flag),
        (_, Value::Number(number)) => {
            let number = proc_macro2::Literal::i64_unsuffixed(number.as_i64().unwrap_or_default());
            quote!(#number)
        }
        (_, Value::String(text)) if text.is_empty() => quote!(String::new()),
        (_, Value::String(text)) => quote!(#text.to_owned()),
        _ => quote!(Default::default()),
    }
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
