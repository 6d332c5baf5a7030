//! Models: what is read of a resource, what a create and an update take.

use fieldproof_spec::model::{Field, Resource};
use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{doc, plain};
use super::file::{Text, file};
use super::imports::Place;
use super::ty;
use crate::kind::kind;
use crate::plan::{Plan, variants};

/// The text of `model.rs`.
pub(super) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let name = plan.ty(&resource.name, "");
    let mut items = vec![shown(plan, resource)];
    items.push(draft(
        plan,
        resource,
        "Create",
        "What a create takes.",
        Field::on_create,
        ty::created,
    ));
    items.push(draft(
        plan,
        resource,
        "Update",
        "What an update takes.",
        Field::on_update,
        ty::updated,
    ));
    if let Some(append) = &resource.append {
        let takes = |field: &Field| append.fields.contains(&field.name);
        items.push(draft(
            plan,
            resource,
            "Append",
            "What is added.",
            takes,
            ty::appended,
        ));
    }
    items.extend(
        resource
            .fields
            .iter()
            .filter_map(|field| values(plan, &resource.name, field)),
    );
    let text = Text {
        of: &plan.api.name,
        about: &format!("Models of `{name}`: what is read, what a create and an update take."),
        head: &[],
        items: &items,
    };
    file(&Place::below(plan, &resource.name, "model"), &text)
}

/// What the spec says of a member.
pub(super) fn about(field: &Field) -> String {
    field
        .about
        .clone()
        .unwrap_or_else(|| format!("The member `{}`.", field.name))
}

/// The documentation of a member, with who sees it.
fn text(field: &Field) -> String {
    let about = about(field);
    match &field.scope {
        _ if !field.is_shown() => format!("{about} Never shown."),
        Some(scope) => format!("{about} Shown to callers with the scope `{scope}`."),
        None => about,
    }
}

fn shown(plan: &Plan<'_>, resource: &Resource) -> TokenStream {
    let name = plan.ty(&resource.name, "");
    let fields = resource.fields.iter().map(|field| {
        let doc = doc(plan, &text(field), Some(&field.row));
        let (wire, ident, ty) = (
            &field.name,
            plan.member(&resource.name, &field.name),
            ty::shown(plan, &resource.name, field),
        );
        quote!(#doc #[serde(rename = #wire)] pub #ident: #ty)
    });
    let about = resource
        .about
        .clone()
        .unwrap_or_else(|| format!("The resource `{}`.", resource.name));
    let doc = doc(plan, &about, Some(&resource.row));
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct #name { #(#fields,)* }
    }
}

fn draft(
    plan: &Plan<'_>,
    resource: &Resource,
    prefix: &str,
    text: &str,
    takes: impl Fn(&Field) -> bool,
    ty: fn(&Plan<'_>, &str, &Field) -> TokenStream,
) -> TokenStream {
    let name = plan.ty(&resource.name, prefix);
    let fields = resource
        .fields
        .iter()
        .filter(|field| takes(field))
        .map(|field| {
            let doc = plain(&about(field));
            let ident = plan.member(&resource.name, &field.name);
            let ty = ty(plan, &resource.name, field);
            quote!(#doc pub #ident: #ty)
        });
    let doc = plain(text);
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name { #(#fields,)* }
    }
}

/// The type of a closed list of texts.
pub(super) fn values(plan: &Plan<'_>, owner: &str, field: &Field) -> Option<TokenStream> {
    let texts = kind(&field.ty).values()?;
    let name = plan.values(owner, &field.name);
    let variants = variants(texts);
    let docs = texts.iter().map(|text| plain(&format!("`{text}`")));
    let doc = doc(
        plan,
        &format!("Values of `{}`.", field.name),
        Some(&field.row),
    );
    Some(quote! {
        #doc
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum #name { #(#docs #[serde(rename = #texts)] #variants,)* }

        impl ::fieldproof_runtime::value::Values for #name {
            const ALL: &'static [(&'static str, Self)] = &[#((#texts, Self::#variants)),*];
        }
    })
}
