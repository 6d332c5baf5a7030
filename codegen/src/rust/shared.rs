//! Shared objects.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::body::{choice, read};
use super::change::set;
use super::file::{Text, file};
use super::imports::Place;
use super::model::{draft, model, values};
use crate::ir::{Api, Body, Object, Shared};

/// The text of a shared object's file.
pub(super) fn emit(api: &Api, one: &Object, shared: &Shared) -> String {
    let mut items = vec![model(&one.name, &one.model)];
    items.extend(one.bodies.iter().map(draft));
    items.extend(one.values.iter().map(values));
    items.extend(read(&one.constants, &one.bodies));
    items.extend(one.bodies.iter().map(|body| described(one, shared, body)));
    items.push(value(one, shared));
    items.extend(one.choices.iter().map(|one| choice(one, None)));
    let text = Text {
        of: &[&api.name],
        about: &format!("The shared object `{}`.", one.name.0),
        head: &[],
        items: &items,
    };
    file(&Place::module(&["crate", &api.module, &one.module]), &text)
}

/// The value of a column with shared objects.
fn value(one: &Object, shared: &Shared) -> TokenStream {
    let (path, id) = (&one.path, &shared.id.1);
    quote! {
        impl ::fieldproof_runtime::store::ToColumnValue for #path {
            fn to_column_value(&self) -> ::fieldproof_runtime::store::ColumnValue {
                ::fieldproof_runtime::store::ColumnValue::of(&self.#id)
            }
        }
    }
}

/// The implementation of the runtime's trait for the object.
fn described(one: &Object, shared: &Shared, sent: &Body) -> TokenStream {
    let (name, sent, table) = (&one.path, &sent.path, &shared.table);
    let ((id_name, id), (key_name, key)) = (&shared.id, &shared.key);
    let whose = match id.0.as_str() {
        "id" => quote!(id),
        _ => quote!(#id: id),
    };
    let initial = shared.initial.iter();
    let initial = initial.map(|(name, value)| quote!(#name: #value));
    let (from, to) = (quote!(members), quote!(self));
    let merges = shared.merges.iter().map(|one| set(one, &from, &to));
    let merging = match shared.merges.is_empty() {
        true => format_ident!("_members"),
        false => format_ident!("members"),
    };
    quote! {
        impl ::fieldproof_runtime::resource::Shared for #name {
            type Members = #sent;

            const NAME: &'static str = #table;
            const ID: &'static str = #id_name;
            const KEY: &'static str = #key_name;

            fn new(id: String, members: #sent) -> Option<Self> {
                Some(Self { #whose, #(#initial,)* })
            }

            fn id(&self) -> &str {
                &self.#id
            }

            fn own_key(&self) -> &str {
                &self.#key
            }

            fn key(members: &#sent) -> Option<&str> {
                members.#key.as_deref()
            }

            fn merge(&mut self, #merging: #sent) {
                #(#merges)*
            }
        }
    }
}
