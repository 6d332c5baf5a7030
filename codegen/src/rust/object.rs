//! Nested objects without an identifier.

use fieldproof_spec::model::{Field, Mode, Object};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::change::{is_judged, judge, merge};
use super::doc::{doc, plain};
use super::file::{Text, file};
use super::imports::Place;
use super::member::Taken;
use super::model::{about, values};
use super::rule::choice;
use super::ty;
use super::validate::{Read, read};
use crate::plan::{Plan, is_merged};

/// The text of an object's file.
pub(super) fn emit(plan: &Plan<'_>, object: &Object) -> String {
    let owner = &object.name;
    let mut items = vec![shown(plan, object)];
    let mut bodies = vec![Read::new(
        plan.ty(owner, ""),
        Taken::Create,
        &object.fields,
        is_written,
    )];
    if is_merged(plan.api, owner) {
        items.extend(change(plan, object));
        let name = plan.ty(owner, "Update");
        bodies.push(Read::new(name, Taken::Update, &object.fields, is_written));
    }
    items.extend(read(plan, owner, &bodies));
    if is_merged(plan.api, owner) {
        items.extend(settled(plan, object));
    }
    let fields = object.fields.iter();
    items.extend(fields.clone().filter_map(|one| choice(plan, owner, one)));
    items.extend(fields.filter_map(|one| values(plan, owner, one)));
    let text = Text {
        of: &plan.api.name,
        about: &format!("The nested object `{}`.", plan.ty(owner, "")),
        head: &[],
        items: &items,
    };
    file(&Place::of(plan, owner), &text)
}

/// The object as it is shown.
pub(super) fn shown(plan: &Plan<'_>, object: &Object) -> TokenStream {
    let owner = &object.name;
    let fields = object.fields.iter().map(|field| {
        let doc = doc(plan, &about(field), Some(&field.row));
        let (wire, ident) = (&field.name, plan.member(owner, &field.name));
        let ty = ty::shown(plan, owner, field);
        quote!(#doc #[serde(rename = #wire)] pub #ident: #ty)
    });
    let text = object.about.clone();
    let text = text.unwrap_or_else(|| format!("The object `{owner}`."));
    let about = doc(plan, &text, Some(&object.row));
    let name = plan.ty(owner, "");
    quote! {
        #about
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct #name { #(#fields,)* }
    }
}

/// What a change of the object takes, and how it is written over it.
fn change(plan: &Plan<'_>, object: &Object) -> [TokenStream; 2] {
    let owner = &object.name;
    let (name, update) = (plan.path(owner, ""), plan.ty(owner, "Update"));
    let written = || object.fields.iter().filter(|field| is_written(field));
    let fields = written().map(|field| {
        let doc = plain(&about(field));
        let ident = plan.member(owner, &field.name);
        let ty = ty::updated(plan, owner, field);
        quote!(#doc pub #ident: #ty)
    });
    let own = match written().next() {
        Some(_) => format_ident!("own"),
        None => format_ident!("_own"),
    };
    let (from, to) = (quote!(self), quote!(#own));
    let merges = written().map(|field| merge(plan, owner, field, &from, &to));
    let (about, merging) = (
        plain(&format!("What a change of `{}` takes.", plan.ty(owner, ""))),
        plain("Writes what was sent over the object; everything else stays."),
    );
    let path = plan.path(owner, "Update");
    [
        quote! {
            #about
            #[derive(Debug, Clone, PartialEq)]
            pub struct #update { #(#fields,)* }
        },
        quote! {
            impl #path {
                #merging
                pub fn merge(self, #own: &mut #name) {
                    #(#merges)*
                }
            }
        },
    ]
}

/// Judges what only the whole object can tell.
fn settled(plan: &Plan<'_>, object: &Object) -> Option<TokenStream> {
    let owner = &object.name;
    let path = plan.path(owner, "");
    let fields = object.fields.iter();
    let judged = fields.filter_map(|field| judge(plan, owner, field));
    let about = plain("Judges what only the whole object can tell.");
    is_judged(plan, owner).then(|| {
        quote! {
            impl #path {
                #about
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

/// Whether bodies write the member of a nested object.
fn is_written(field: &Field) -> bool {
    field.mode != Mode::ReadOnly
}
