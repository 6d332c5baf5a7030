//! Nested objects without an identifier.

use fieldproof_spec::model::{Field, Object, Type};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc::{doc, plain};
use super::file::file;
use super::model::{imports, values};
use super::rule::merges;
use super::ty;
use super::validate::{Taken, body};
use crate::plan::{Plan, default, ident, is_cheap, is_option, type_name};

/// The text of an object's file.
pub(super) fn emit(plan: &Plan<'_>, object: &Object) -> String {
    let name = type_name(&object.name);
    let fields = object.fields.iter().map(|field| {
        let text = field
            .about
            .clone()
            .unwrap_or_else(|| format!("The member `{}`.", field.name));
        let doc = doc(plan, &text, Some(&field.row));
        let (wire, ident, ty) = (
            &field.name,
            ident(&field.name),
            ty::shown(plan, &object.name, field),
        );
        quote!(#doc #[serde(rename = #wire)] pub #ident: #ty)
    });
    let text = object
        .about
        .clone()
        .unwrap_or_else(|| format!("The object `{}`.", object.name));
    let about = doc(plan, &text, Some(&object.row));
    let merged = is_merged(plan, object);
    let default = merged.then(|| quote!(Default,));
    let mut items = vec![
        quote! {
            #about
            #[derive(Debug, Clone, #default PartialEq, serde::Serialize, serde::Deserialize)]
            pub struct #name { #(#fields,)* }
        },
        body(
            plan,
            &object.name,
            &name,
            &object.fields,
            takes_all,
            Taken::Create,
        ),
    ];
    if merged {
        items.extend(change(plan, object));
    }
    items.extend(
        object
            .fields
            .iter()
            .filter_map(|field| values(plan, &object.name, field)),
    );
    let imports = imports(&items);
    let imports = quote! {
        use fieldproof_runtime::body::{Body, Members};
        #imports
    };
    file(
        &plan.api.name,
        &format!("The nested object `{name}`."),
        imports,
        &items,
    )
}

/// Whether changes change members of the object.
fn is_merged(plan: &Plan<'_>, object: &Object) -> bool {
    let own = |field: &Field| field.ty == Type::Object(object.name.clone()) && merges(field);
    let mut fields = plan.api.resources.iter().flat_map(|one| &one.fields);
    fields.any(own)
}

/// What a change of the object takes, and how it is written over it.
fn change(plan: &Plan<'_>, object: &Object) -> [TokenStream; 3] {
    let name = type_name(&object.name);
    let update = format_ident!("Update{name}");
    let fields = object.fields.iter().map(|field| {
        let text = field
            .about
            .clone()
            .unwrap_or_else(|| format!("The member `{}`.", field.name));
        let doc = plain(&text);
        let (ident, ty) = (ident(&field.name), ty::updated(plan, &object.name, field));
        quote!(#doc pub #ident: #ty)
    });
    let merges = object.fields.iter().map(|field| {
        let ident = ident(&field.name);
        match is_option(field) {
            true => quote!(self.#ident.merge(&mut own.#ident);),
            false => quote! {
                if let Some(#ident) = self.#ident {
                    own.#ident = #ident;
                }
            },
        }
    });
    let replaced = object.fields.iter().map(|field| {
        let (ident, initial) = (ident(&field.name), field.initial());
        let default = default(&object.name, field, &initial);
        match (is_option(field), initial.is_null()) {
            (true, true) => quote!(#ident: self.#ident.or(None)),
            (true, false) => quote!(#ident: self.#ident.or(Some(#default))),
            (false, _) if is_cheap(field) => quote!(#ident: self.#ident.or(Some(#default))),
            (false, _) => quote!(#ident: self.#ident.or_else(|| Some(#default))),
        }
    });
    let (about, merging, replacing) = (
        plain(&format!("What a change of `{name}` takes.")),
        plain("Writes what was sent over the object; everything else stays."),
        plain("The change that leaves nothing as it is."),
    );
    [
        quote! {
            #about
            #[derive(Debug, Clone, Default, PartialEq)]
            pub struct #update { #(#fields,)* }
        },
        quote! {
            impl #update {
                #merging
                pub fn merge(self, own: &mut #name) {
                    #(#merges)*
                }

                #replacing
                #[must_use]
                pub fn replace(self) -> Self {
                    Self { #(#replaced,)* }
                }
            }
        },
        body(
            plan,
            &object.name,
            &update,
            &object.fields,
            takes_all,
            Taken::Update,
        ),
    ]
}

/// Every member of a nested object is the client's.
fn takes_all(_: &Field) -> bool {
    true
}
