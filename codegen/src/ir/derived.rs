//! Members that are computed and checked after an update was merged.

use fieldproof_spec::model::{Derive, Exclusive, Field, Resource, Source};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::change::{escaped, judge};
use super::initial::is_option;
use super::nesting::merges;
use super::rule::excusable;
use crate::kind::kind;
use crate::plan::{Numbered, Plan, member, raw};

pub(super) fn settle(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Option<TokenStream> {
    let name = plan.member(&resource.name, &field.name);
    match &field.derive {
        Some(Derive::Join(parts)) => {
            if let (Some(part), false) = (alone(plan, resource, parts), is_option(field)) {
                return Some(quote!(self.#name.clone_from(&self.#part);));
            }
            let joined = joined(plan, resource, parts, &quote!(self));
            Some(match is_option(field) {
                true => quote!(self.#name = Some(#joined);),
                false => quote!(self.#name = #joined;),
            })
        }
        Some(Derive::Lookup { key, table, column }) => {
            let keys = plan.rows_path(table, column);
            let key = text(plan, resource, key, &quote!(self));
            Some(quote!(self.#name = #keys.find(#key);))
        }
        None => judge(plan, &resource.name, field),
    }
}

/// Members of a nested object with another member of the resource as stand-in, and whether they
/// are checked.
pub(super) fn stand_ins(
    plan: &Plan<'_>,
    resource: &Resource,
    field: &Field,
) -> Vec<(TokenStream, bool)> {
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
            let inner = plan.member(name, &member.name);
            let from = text(plan, resource, from, &quote!(self));
            let (above, below) = (escaped(&field.name), escaped(&member.name));
            let place = format!("{{pointer}}/{above}/{below}");
            Some(match excusable(member) {
                true => (
                    quote!(reading.stand_in(&format!(#place), &mut self.#own.#inner, #from);),
                    true,
                ),
                false => (
                    quote!(::fieldproof_runtime::body::stand_in(&mut self.#own.#inner, #from);),
                    false,
                ),
            })
        })
        .collect()
}

/// Checks members of which at most one may have a value.
pub(super) fn exclude(plan: &Plan<'_>, resource: &Resource, exclusive: &Exclusive) -> TokenStream {
    let (mut headers, mut members) = (Vec::new(), Vec::new());
    let mut names = Numbered::without(&["pointer", "reading"]);
    for name in &exclusive.fields {
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
            let found = names.next(member(header));
            let (found, has) = (raw(&found), format_ident!("has_{found}"));
            headers.push(quote! {
                let (#found, #has) =
                    ::fieldproof_runtime::body::rule::header_in(&self.#own, #field, #header);
            });
            members.push(quote!((&#found, #has)));
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

/// Joins other members in one text; `own` is the object that contains them.
pub(super) fn joined(
    plan: &Plan<'_>,
    resource: &Resource,
    parts: &[String],
    own: &TokenStream,
) -> TokenStream {
    if let Some(part) = alone(plan, resource, parts) {
        return quote!(#own.#part.clone());
    }
    let parts = parts.iter().map(|name| {
        let ident = plan.member(&resource.name, name);
        let field = resource.field(name);
        let named = field.and_then(|field| kind(&field.ty).text());
        match (named, field.is_some_and(is_option)) {
            (None, _) => quote!(&#own.#ident),
            (Some(text), true) => quote!(&#own.#ident.as_ref().map(#text)),
            (Some(text), false) => quote!(&#text(&#own.#ident)),
        }
    });
    quote!(::fieldproof_runtime::value::join(&[#(#parts),*]))
}

/// The only part of a text, if joining it would not change it.
fn alone(plan: &Plan<'_>, resource: &Resource, parts: &[String]) -> Option<Ident> {
    let [name] = parts else {
        return None;
    };
    let field = resource.field(name)?;
    let whole = !is_option(field) && !kind(&field.ty).may_be_blank();
    whole.then(|| plan.member(&resource.name, name))
}

/// The text of another member, as `Option<&str>`.
fn text(plan: &Plan<'_>, resource: &Resource, name: &str, own: &TokenStream) -> TokenStream {
    let ident = plan.member(&resource.name, name);
    let field = resource.field(name);
    let named = field.and_then(|field| kind(&field.ty).text());
    match (field.is_some_and(is_option), named) {
        (true, None) => quote!(#own.#ident.as_deref()),
        (true, Some(text)) => quote!(#own.#ident.as_ref().map(#text)),
        (false, None) => quote!(Some(#own.#ident.as_str())),
        (false, Some(text)) => quote!(Some(#text(&#own.#ident))),
    }
}
