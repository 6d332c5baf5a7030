//! Models: what is read of a resource, what a create and an update take.

use fieldproof_spec::model::{Field, Resource, Type};
use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::doc::{doc, plain};
use super::file::file;
use super::ty;
use crate::plan::{Plan, ident, type_name, values_name, variants};

/// The text of `model.rs`.
pub(super) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let name = type_name(&resource.name);
    let mut items = vec![shown(plan, resource)];
    items.extend(hidden(plan, resource));
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
    items.extend(
        resource
            .fields
            .iter()
            .filter_map(|field| values(plan, &resource.name, field)),
    );
    let imports = imports(&items);
    let about = format!("Models of `{name}`: what is read, what a create and an update take.");
    file(&plan.api.name, &about, imports, &items)
}

/// What the items use of the runtime.
pub(super) fn imports(items: &[TokenStream]) -> TokenStream {
    let uses = |name: &str| items.iter().any(|item| mentions(item, name));
    let body: Vec<Ident> = ["Draft", "Presence"]
        .iter()
        .filter(|name| uses(name))
        .map(|name| format_ident!("{name}"))
        .collect();
    let body = match body.as_slice() {
        [] => quote!(),
        [one] => quote!(use fieldproof_runtime::body::#one;),
        more => quote!(use fieldproof_runtime::body::{#(#more),*};),
    };
    let value = uses("value").then(|| {
        quote!(
            use fieldproof_runtime::value;
        )
    });
    let store = uses("store").then(|| {
        quote!(
            use fieldproof_runtime::store;
        )
    });
    let rule = uses("rule").then(|| {
        quote!(
            use fieldproof_runtime::body::rule;
        )
    });
    quote!(#body #rule #store #value)
}

/// Whether `name` stands in the tokens, a module only as the start of a path.
fn mentions(tokens: &TokenStream, name: &str) -> bool {
    let is_module = name.starts_with(char::is_lowercase);
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Ident(ident) => {
                // One `:` ends the name of a field, two of them begin a path.
                let path = |next: &TokenTree| matches!(next, TokenTree::Punct(p) if p.spacing() == Spacing::Joint);
                ident == name && (!is_module || tokens.peek().is_some_and(path))
            }
            TokenTree::Group(group) => mentions(&group.stream(), name),
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

fn about(field: &Field) -> String {
    field
        .about
        .clone()
        .unwrap_or_else(|| format!("The member `{}`.", field.name))
}

fn shown(plan: &Plan<'_>, resource: &Resource) -> TokenStream {
    let name = type_name(&resource.name);
    let fields = resource
        .fields
        .iter()
        .filter(|field| field.is_shown())
        .map(|field| {
            let doc = doc(plan, &about(field), Some(&field.row));
            let (wire, ident, ty) = (
                &field.name,
                ident(&field.name),
                ty::shown(plan, &resource.name, field),
            );
            quote!(#doc #[serde(rename = #wire)] pub #ident: #ty)
        });
    let text = resource
        .about
        .clone()
        .unwrap_or_else(|| format!("The resource `{}`.", resource.name));
    let doc = doc(plan, &text, Some(&resource.row));
    let hidden = has_hidden(resource).then(|| {
        let (doc, name) = (
            plain("Members that are stored and never shown."),
            hidden_name(resource),
        );
        quote!(#doc #[serde(skip)] pub hidden: #name)
    });
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct #name { #(#fields,)* #hidden }
    }
}

/// Whether the resource has members that are never shown.
pub(super) fn has_hidden(resource: &Resource) -> bool {
    resource.fields.iter().any(|field| !field.is_shown())
}

/// Name of the type for members that are never shown.
pub(super) fn hidden_name(resource: &Resource) -> Ident {
    format_ident!("Hidden{}", type_name(&resource.name))
}

fn hidden(plan: &Plan<'_>, resource: &Resource) -> Option<TokenStream> {
    if !has_hidden(resource) {
        return None;
    }
    let name = hidden_name(resource);
    let fields = resource
        .fields
        .iter()
        .filter(|field| !field.is_shown())
        .map(|field| {
            let doc = doc(plan, &about(field), Some(&field.row));
            let (wire, ident, ty) = (
                &field.name,
                ident(&field.name),
                ty::shown(plan, &resource.name, field),
            );
            quote!(#doc #[serde(rename = #wire)] pub #ident: #ty)
        });
    let doc = plain("Members that are stored and never shown.");
    Some(quote! {
        #doc
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct #name { #(#fields,)* }
    })
}

fn draft(
    plan: &Plan<'_>,
    resource: &Resource,
    prefix: &str,
    text: &str,
    takes: fn(&Field) -> bool,
    ty: fn(&Plan<'_>, &str, &Field) -> TokenStream,
) -> TokenStream {
    let name = format_ident!("{prefix}{}", type_name(&resource.name));
    let fields = resource
        .fields
        .iter()
        .filter(|field| takes(field))
        .map(|field| {
            let doc = plain(&about(field));
            let (ident, ty) = (ident(&field.name), ty(plan, &resource.name, field));
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
    let Type::Values(texts) = &field.ty else {
        return None;
    };
    let name = values_name(owner, &field.name);
    let variants = variants(texts);
    let docs = texts.iter().map(|text| plain(&format!("`{text}`")));
    // A hidden member has to have a value before it is read back.
    let (derive, first) = match field.is_shown() {
        true => (quote!(), quote!()),
        false => (quote!(Default,), quote!(#[default])),
    };
    let marks = variants
        .iter()
        .enumerate()
        .map(|(at, _)| if at == 0 { first.clone() } else { quote!() });
    let doc = doc(
        plan,
        &format!("Values of `{}`.", field.name),
        Some(&field.row),
    );
    Some(quote! {
        #doc
        #[derive(Debug, Clone, Copy, #derive PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum #name { #(#docs #marks #[serde(rename = #texts)] #variants,)* }

        impl rule::Values for #name {
            const ALL: &'static [(&'static str, Self)] = &[#((#texts, Self::#variants)),*];
        }

        impl store::ToCell for #name {
            fn to_cell(&self) -> store::Cell {
                store::Cell::closed(self)
            }
        }
    })
}
