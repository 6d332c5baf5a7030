//! Nested objects without an identifier.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::body::{choice, read};
use super::change::set;
use super::doc::plain;
use super::file::{Text, file};
use super::imports::Place;
use super::model::{draft, model, values};
use crate::ir::{Api, Body, Object, Set};

/// The text of an object's file.
pub(super) fn emit(api: &Api, one: &Object) -> String {
    let mut items = vec![model(&one.name, &one.model)];
    items.extend(one.values.iter().map(values));
    if let (Some(merges), Some(update)) = (&one.merges, one.bodies.get(1)) {
        items.extend([draft(update), change(one, update, merges)]);
    }
    items.extend(read(&one.constants, &one.bodies));
    items.extend(settled(one));
    items.extend(one.choices.iter().map(|one| choice(one, None)));
    let text = Text {
        of: &[&api.name],
        about: &format!("The nested object `{}`.", one.name.0),
        head: &[],
        items: &items,
    };
    file(&Place::module(&["crate", &api.module, &one.module]), &text)
}

/// Code that merges an update into the object.
fn change(one: &Object, update: &Body, merges: &[Set]) -> TokenStream {
    let (name, path) = (&one.path, &update.path);
    let own = match merges {
        [] => format_ident!("_kept"),
        _ => format_ident!("kept"),
    };
    let merges = merges.iter();
    let merges = merges.map(|one| set(one, &quote!(self), &quote!(#own)));
    quote! {
        impl ::fieldproof_runtime::body::Change<#name> for #path {
            fn apply(self, #own: &mut #name) {
                #(#merges)*
            }
        }
    }
}

/// Code that checks what depends on the whole object.
fn settled(one: &Object) -> Option<TokenStream> {
    let (path, judged) = (&one.path, &one.judged);
    let doc = plain("Judges what depends on several members.");
    (!judged.is_empty()).then(|| {
        quote! {
            impl #path {
                #doc
                pub fn settle(
                    &mut self,
                    pointer: &str,
                    reading: &mut ::fieldproof_runtime::body::Reading,
                ) {
                    #(#judged)*
                }
            }
        }
    })
}
