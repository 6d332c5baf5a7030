//! How a change is written over an object, and what is judged then.

use fieldproof_spec::model::{Derive, Exclusive, Field, Resource, Source, Type};
use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Plan, ident, is_option};
use crate::rust::rule::{choice_name, excusable, keys, merges};

pub(super) fn merge(field: &Field) -> TokenStream {
    let ident = ident(&field.name);
    if merges(field) {
        return quote! {
            if let Some(#ident) = update.#ident {
                #ident.merge(&mut self.#ident);
            }
        };
    }
    match is_option(field) {
        true => quote!(update.#ident.merge(&mut self.#ident);),
        false => quote! {
            if let Some(#ident) = update.#ident {
                self.#ident = #ident;
            }
        },
    }
}

pub(super) fn settle(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Option<TokenStream> {
    let name = ident(&field.name);
    match (&field.ty, &field.derive) {
        (Type::Choice { by, .. }, _) => {
            let place = format!("{{pointer}}/{}", field.name);
            let function = choice_name(field);
            let by_field = resource.field(by)?;
            let by = ident(by);
            let rule = match is_option(by_field) {
                true => quote!(self.#by.map(#function)),
                false => quote!(Some(#function(self.#by))),
            };
            Some(match (is_option(field), is_option(by_field)) {
                (false, false) => {
                    quote!(reading.settle(&format!(#place), &mut self.#name, #function(self.#by));)
                }
                (true, _) => quote! {
                    if let (Some(text), Some(rule)) = (&mut self.#name, #rule) {
                        reading.settle(&format!(#place), text, rule);
                    }
                },
                (false, true) => quote! {
                    if let Some(rule) = #rule {
                        reading.settle(&format!(#place), &mut self.#name, rule);
                    }
                },
            })
        }
        (_, Some(Derive::Join(parts))) => {
            let joined = joined(resource, parts);
            Some(match is_option(field) {
                true => quote!(self.#name = Some(#joined);),
                false => quote!(self.#name = #joined;),
            })
        }
        (_, Some(Derive::Lookup { key, table, column })) => {
            let keys = keys(plan, table, column);
            let key = text(resource, key);
            Some(quote!(self.#name = #keys.find(#key);))
        }
        _ => None,
    }
}

/// Members of an object that another member of the resource stands in for.
pub(super) fn stand_ins(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Vec<TokenStream> {
    let Type::Object(name) = &field.ty else {
        return Vec::new();
    };
    let object = plan.api.object(name).filter(|_| merges(field));
    let own = ident(&field.name);
    let members = object.into_iter().flat_map(|object| &object.fields);
    members
        .filter_map(|member| {
            let from = member.fallback.iter().find_map(|source| match source {
                Source::Field { field } => Some(field),
                _ => None,
            })?;
            let (inner, from) = (ident(&member.name), text(resource, from));
            let place = format!("{{pointer}}/{}/{}", field.name, member.name);
            let excuse = excusable(member).then(
                || quote!(reading.excuse(&format!(#place), self.#own.#inner.as_deref(), stand_in);),
            );
            Some(quote! {
                let stand_in = #from;
                if self.#own.#inner.is_none() {
                    self.#own.#inner = stand_in.map(str::to_owned);
                }
                #excuse
            })
        })
        .collect()
}

/// Judges members of which at most one may have a value.
pub(super) fn exclude(resource: &Resource, exclusive: &Exclusive) -> TokenStream {
    let headers = exclusive
        .fields
        .iter()
        .filter_map(|name| name.split_once('.'));
    let headers = headers.map(|(field, header)| {
        let (own, map) = (ident(header), ident(field));
        quote!(let #own = rule::header_in(&self.#map, #field, #header);)
    });
    let members = exclusive.fields.iter().map(|name| {
        if let Some((_, header)) = name.split_once('.') {
            let own = ident(header);
            return quote!((#own.0.as_str(), #own.1));
        }
        let ident = ident(name);
        match resource.field(name).is_some_and(|field| field.list) {
            true => quote!((#name, !self.#ident.is_empty())),
            false => quote!((#name, self.#ident.is_some())),
        }
    });
    quote! {
        #(#headers)*
        reading.exclude(pointer, &[#(#members),*]);
    }
}

pub(super) fn joined(resource: &Resource, parts: &[String]) -> TokenStream {
    let parts = parts.iter().map(|part| text(resource, part));
    quote!(value::join(&[#(#parts),*]))
}

/// The text of another member, as `Option<&str>`.
pub(super) fn text(resource: &Resource, name: &str) -> TokenStream {
    let ident = ident(name);
    match resource.field(name).is_some_and(is_option) {
        true => quote!(self.#ident.as_deref()),
        false => quote!(Some(self.#ident.as_str())),
    }
}
