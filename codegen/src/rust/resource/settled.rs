//! How a change is written over an object, and what is judged then.

use fieldproof_spec::model::{Derive, Exclusive, Field, Resource, Source};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::kind::kind;
use crate::plan::{Plan, is_option, merges};
use crate::rust::change::{escaped, judge};
use crate::rust::rule::excusable;

pub(super) fn settle(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Option<TokenStream> {
    let name = plan.member(&resource.name, &field.name);
    match &field.derive {
        Some(Derive::Join(parts)) => {
            let joined = joined(plan, resource, parts);
            Some(match is_option(field) {
                true => quote!(self.#name = Some(#joined);),
                false => quote!(self.#name = #joined;),
            })
        }
        Some(Derive::Lookup { key, table, column }) => {
            let keys = plan.rows_path(table, column);
            let key = text(plan, resource, key);
            Some(quote!(self.#name = #keys.find(#key);))
        }
        None => judge(plan, &resource.name, field),
    }
}

/// Members of an object that another member of the resource stands in for.
pub(super) fn stand_ins(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Vec<TokenStream> {
    let Some(name) = kind(&field.ty).object() else {
        return Vec::new();
    };
    let object = plan.api.object(name).filter(|_| merges(field));
    let own = plan.member(&resource.name, &field.name);
    let members = object.into_iter().flat_map(|object| &object.fields);
    members
        .filter_map(|member| {
            let from = member.fallback.iter().find_map(|source| match source {
                Source::Field { field } => Some(field),
                _ => None,
            })?;
            let (inner, from) = (plan.member(name, &member.name), text(plan, resource, from));
            let place = format!(
                "{{pointer}}/{}/{}",
                escaped(&field.name),
                escaped(&member.name)
            );
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
pub(super) fn exclude(plan: &Plan<'_>, resource: &Resource, exclusive: &Exclusive) -> TokenStream {
    let (mut headers, mut members) = (Vec::new(), Vec::new());
    for (at, name) in exclusive.fields.iter().enumerate() {
        let (field, header) = match name.split_once('.') {
            Some((field, header)) => (field, Some(header)),
            None => (name.as_str(), None),
        };
        let own = plan.member(&resource.name, field);
        let found = resource.field(field);
        let list = found.is_some_and(|field| field.list);
        let name = &name.replace('~', "~0").replace('/', "~1");
        let option = found.is_some_and(is_option);
        if let Some(header) = header {
            let found = format_ident!("header_{at}");
            headers.push(quote! {
                let #found =
                    ::fieldproof_runtime::body::rule::header_in(&self.#own, #field, #header);
            });
            members.push(quote!((#found.0.as_str(), #found.1)));
        } else if list && option {
            members.push(quote!((#name, self.#own.as_ref().is_some_and(|list| !list.is_empty()))));
        } else if list {
            members.push(quote!((#name, !self.#own.is_empty())));
        } else {
            members.push(quote!((#name, self.#own.is_some())));
        }
    }
    quote! {
        #(#headers)*
        reading.exclude(pointer, &[#(#members),*]);
    }
}

pub(super) fn joined(plan: &Plan<'_>, resource: &Resource, parts: &[String]) -> TokenStream {
    let parts = parts.iter().map(|part| text(plan, resource, part));
    quote!(::fieldproof_runtime::value::join(&[#(#parts),*]))
}

/// The text of another member, as `Option<&str>`.
pub(super) fn text(plan: &Plan<'_>, resource: &Resource, name: &str) -> TokenStream {
    let ident = plan.member(&resource.name, name);
    let field = resource.field(name);
    let named = field.and_then(|field| kind(&field.ty).text());
    match (field.is_some_and(is_option), named) {
        (true, None) => quote!(self.#ident.as_deref()),
        (true, Some(text)) => quote!(self.#ident.as_ref().map(#text)),
        (false, None) => quote!(Some(self.#ident.as_str())),
        (false, Some(text)) => quote!(Some(#text(&self.#ident))),
    }
}
