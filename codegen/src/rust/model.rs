//! Models: what is read of a resource, what a create and an update take.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{doc, plain};
use super::file::{Text, file};
use super::imports::Place;
use crate::ir::{Api, Body, Model, Name, Resource, Values};

/// The text of `model.rs`.
pub(super) fn emit(api: &Api, one: &Resource) -> String {
    let mut items = vec![model(&one.name, &one.model)];
    items.extend(one.bodies.iter().map(draft));
    items.extend(one.values.iter().map(values));
    let name = &one.name.0;
    let text = Text {
        of: &api.name,
        about: &format!("Models of `{name}`: what is read, what a create and an update take."),
        head: &[],
        items: &items,
    };
    let place = Place::below(&["crate", &api.module, &one.module], "model");
    file(&place, &text)
}

/// The type of what is kept and shown.
pub(super) fn model(name: &Name, one: &Model) -> TokenStream {
    let members = one.members.iter().map(|member| {
        let (doc, wire, name, ty) = (doc(&member.doc), &member.wire, &member.name, &member.ty);
        quote!(#doc #[serde(rename = #wire)] pub #name: #ty)
    });
    let doc = doc(&one.doc);
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct #name { #(#members,)* }
    }
}

/// The type of what a body brings.
pub(super) fn draft(one: &Body) -> TokenStream {
    let members = one.members.iter().map(|member| {
        let (doc, name, ty) = (plain(&member.doc), &member.name, &member.ty);
        quote!(#doc pub #name: #ty)
    });
    let (doc, name) = (plain(&one.doc), &one.name);
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name { #(#members,)* }
    }
}

/// The type of a closed list of texts.
pub(super) fn values(one: &Values) -> TokenStream {
    let (doc, name) = (doc(&one.doc), &one.name);
    let variants = one.variants.iter().map(|(text, variant)| {
        let doc = plain(&format!("`{text}`"));
        quote!(#doc #[serde(rename = #text)] #variant)
    });
    let all = one.variants.iter();
    let all = all.map(|(text, variant)| quote!((#text, Self::#variant)));
    quote! {
        #doc
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum #name { #(#variants,)* }

        impl ::fieldproof_runtime::value::Values for #name {
            const ALL: &'static [(&'static str, Self)] = &[#(#all),*];
        }
    }
}
