//! How a new object gets its values.

use fieldproof_spec::model::{Field, RequestSource, Resource, Source, Type};
use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Plan, default, form_name, ident, is_option, is_time};
use crate::rust::rule::rule as plain_rule;
use crate::rust::ty;

/// The value of a member that may come from elsewhere when it was not sent.
pub(super) fn fallback(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Option<TokenStream> {
    if field.fallback.is_empty() {
        return None;
    }
    let own = ident(&field.name);
    if matches!(field.ty, Type::ZonedTime { .. }) {
        return Some(zoned(plan, field));
    }
    let sources = field.fallback.iter().map(|source| match source {
        Source::Request { request } => match request {
            RequestSource::User => quote!(.or_else(|| birth.user())),
            RequestSource::Host => {
                let rule = plain_rule(plan, &resource.name, field);
                quote!(.or_else(|| birth.host(&#rule)))
            }
        },
        Source::Setting { setting } => {
            let rule = plain_rule(plan, &resource.name, field);
            quote!(.or_else(|| birth.setting(#setting, &#rule)))
        }
        Source::Field { field: name } if name.contains('.') => {
            let place = name.split('.').map(ident);
            quote!(.or_else(|| create.#(#place).*.clone()))
        }
        Source::Field { field: name } if *name == resource.id => {
            quote!(.or_else(|| Some(birth.id())))
        }
        Source::Field { field: name } => {
            let other = ident(name);
            match resource.field(name) {
                Some(one) if !one.fallback.is_empty() => quote!(.or_else(|| Some(#other.clone()))),
                Some(one) if is_option(one) => quote!(.or_else(|| create.#other.clone())),
                _ => quote!(.or_else(|| Some(create.#other.clone()))),
            }
        }
    });
    let mut sources: Vec<TokenStream> = sources.collect();
    let last = match field.fallback.last() {
        // The last one always has a value, and stands for the default.
        Some(Source::Field { field: name }) if !is_option(field) && !name.contains('.') => {
            sources.pop();
            let other = ident(name);
            let nested = resource
                .field(name)
                .is_some_and(|one| !one.fallback.is_empty());
            match (*name == resource.id, nested) {
                (true, _) => Some(quote!(birth.id())),
                (_, true) => Some(quote!(#other.clone())),
                (_, false) => Some(quote!(create.#other.clone())),
            }
        }
        _ => None,
    };
    let value = quote!(create.#own #(#sources)*);
    if let Some(last) = last {
        return Some(quote!(let #own = #value.unwrap_or_else(|| #last);));
    }
    let initial = field.initial();
    let value = match (is_option(field), initial.is_null()) {
        (true, true) => value,
        (true, false) => {
            let default = default(&resource.name, field, &initial);
            quote!(#value.or_else(|| Some(#default)))
        }
        (false, false) if initial != "" => {
            let default = default(&resource.name, field, &initial);
            quote!(#value.unwrap_or(#default))
        }
        (false, _) => quote!(#value.unwrap_or_default()),
    };
    Some(quote!(let #own = #value;))
}

/// The moment of the create in the first time zone that there is.
pub(super) fn zoned(plan: &Plan<'_>, field: &Field) -> TokenStream {
    let own = ident(&field.name);
    let mut zone: Option<TokenStream> = None;
    for source in &field.fallback {
        let next = match source {
            Source::Field { field: name } => {
                let place = name.split('.').map(ident);
                quote!(create.#(#place).*.clone())
            }
            Source::Setting { setting } => quote!(birth.setting(#setting, &rule::TimeZone)),
            Source::Request { .. } => continue,
        };
        zone = Some(match zone {
            Some(zone) => quote!(#zone.or_else(|| #next)),
            None => next,
        });
    }
    let Type::ZonedTime {
        object,
        time,
        zone: name,
    } = &field.ty
    else {
        return quote!();
    };
    let (path, time, name) = (ty::path(plan, object), ident(time), ident(name));
    let zone = match zone {
        Some(zone) => quote!(#zone.unwrap_or_else(|| "UTC".to_owned())),
        None => quote!("UTC".to_owned()),
    };
    quote! {
        let zone = #zone;
        let #own = #path {
            #time: value::Local::in_zone(birth.created(), &zone),
            #name: zone,
        };
    }
}

pub(super) fn initial(plan: &Plan<'_>, resource: &Resource, field: &Field) -> TokenStream {
    let ident = ident(&field.name);
    let value = match &field.ty {
        Type::Id if field.name == resource.id => quote!(birth.id()),
        Type::DateTime(form) if is_time(resource, field) => {
            let form = form_name(*form);
            let created = resource
                .times
                .as_ref()
                .is_some_and(|times| times.created == field.name);
            let moment = if created {
                quote!(birth.created())
            } else {
                quote!(birth.updated())
            };
            quote!(value::#form(#moment))
        }
        Type::Token => {
            let name = &field.name;
            quote!(birth.token(#name)?)
        }
        _ if !field.fallback.is_empty() => return quote!(#ident),
        Type::Shared(name) if field.on_create() => {
            let path = ty::path(plan, name);
            quote!(birth.link::<Self, #path>(create.#ident)?)
        }
        Type::Child(_) if field.on_create() => quote!(birth.children(create.#ident)?),
        _ if field.on_create() => quote!(create.#ident),
        _ if field.derive.is_some() => match is_option(field) {
            true => quote!(None),
            false => quote!(String::new()),
        },
        _ if is_option(field) && field.initial().is_null() => quote!(None),
        _ => {
            let default = default(&resource.name, field, &field.initial());
            if is_option(field) {
                quote!(Some(#default))
            } else {
                default
            }
        }
    };
    quote!(#ident: #value)
}
