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
            ty::updated,
        ));
    }
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
    let name = type_name(&resource.name);
    let fields = resource.fields.iter().map(|field| {
        let doc = doc(plan, &text(field), Some(&field.row));
        let (wire, ident, ty) = (
            &field.name,
            ident(&field.name),
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
    let doc = doc(
        plan,
        &format!("Values of `{}`.", field.name),
        Some(&field.row),
    );
    Some(quote! {
        #doc
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum #name { #(#docs #[serde(rename = #texts)] #variants,)* }

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
