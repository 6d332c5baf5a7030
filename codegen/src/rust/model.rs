//! Models: the types of a resource and of the bodies of a create and an update.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{doc, member_doc, member_plain, plain};
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
        of: &[&api.name],
        about: &match one.bodies.len() {
            1 => format!("The model of `{name}`, and the body that makes one."),
            3 => {
                format!("The model of `{name}`, and the bodies that create, update and add to one.")
            }
            _ => format!("The model of `{name}`, and the bodies that create and update one."),
        },
        head: &[],
        items: &items,
    };
    let place = Place::below(&["crate", &api.module, &one.module], "model");
    file(&place, &text)
}

/// The type that is stored and shown.
pub(super) fn model(name: &Name, one: &Model) -> TokenStream {
    let members = one.members.iter().map(|member| {
        let (doc, name, ty) = (member_doc(&member.doc), &member.name, &member.ty);
        let rename = member.rename.iter();
        quote!(#doc #(#[serde(rename = #rename)])* pub #name: #ty)
    });
    let doc = doc(&one.doc);
    let default = one.default.then(|| quote!(Default,));
    let rename_all = one
        .camel
        .then(|| quote!(#[serde(rename_all = "camelCase")]));
    quote! {
        #doc
        #[derive(Debug, Clone, #default PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        #rename_all
        pub struct #name { #(#members,)* }
    }
}

/// The type of a body.
pub(super) fn draft(one: &Body) -> TokenStream {
    let members = one.members.iter().map(|member| {
        let (doc, name, ty) = (member_plain(&member.doc), &member.name, &member.ty);
        quote!(#doc pub #name: #ty)
    });
    let (doc, name) = (plain(&one.doc), &one.name);
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct #name { #(#members,)* }
    }
}

/// The type of a closed list of texts.
pub(super) fn values(one: &Values) -> TokenStream {
    let (doc, name) = (plain(&one.doc), &one.name);
    let variants = one.variants.iter().map(|variant| {
        let (text, name) = (&variant.text, &variant.name);
        let doc = member_plain(&match text.as_str() {
            "" => "The empty text.".to_owned(),
            text => format!("`{text}`"),
        });
        quote!(#doc #name)
    });
    let all = one.variants.iter().map(|variant| {
        let (text, name) = (&variant.text, &variant.name);
        quote!((#text, Self::#name))
    });
    quote! {
        #doc
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum #name { #(#variants,)* }

        impl ::fieldproof_runtime::value::Values for #name {
            const ALL: &'static [(&'static str, Self)] = &[#(#all),*];
        }

        ::fieldproof_runtime::value::serde_by_name!(#name);
    }
}
