//! What a model tells the runtime about itself.

mod made;
mod partial;
mod settled;

use fieldproof_spec::model::{Field, Resource, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use self::made::{fallback, initial};
use self::partial::partial;
use self::settled::{exclude, joined, merge, settle, stand_ins};
use super::doc::plain;
use super::file::file;
use super::model::imports;
use super::rule::{choice_name, merges};
use super::shared;
use super::ty;
use crate::plan::{Plan, columns, default, form_name, ident, is_cheap, is_option, type_name};

/// The text of a resource's `mod.rs`.
pub(in crate::rust) fn emit_module(plan: &Plan<'_>, resource: &Resource) -> String {
    let name = type_name(&resource.name);
    let text = resource
        .about
        .clone()
        .unwrap_or_else(|| format!("The resource `{name}`."));
    let handlers = plain("One handler per operation.");
    let modules = quote! {
        #handlers
        pub mod handlers;
        mod model;
        mod resource;
        mod table;
        mod validate;
        pub use model::*;
        pub use table::TABLE;
    };
    let text = file(&plan.api.name, &text, modules, &[]);
    // Modules and what they give away are two groups.
    text.replacen("\npub use model::*;", "\n\npub use model::*;", 1)
}

/// The text of `resource.rs`.
pub(in crate::rust) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let name = type_name(&resource.name);
    let mut items = vec![resource_impl(plan, resource), change_impl(resource)];
    for child in plan.api.children(&resource.name) {
        let Some(field) = child
            .parent
            .as_ref()
            .and_then(|parent| parent.embed.as_ref())
        else {
            continue;
        };
        let (child, field) = (ty::child(plan, &child.name, ""), ident(field));
        items.push(quote! {
            impl Embeds<#child> for #name {
                fn embedded(&mut self) -> &mut Vec<#child> {
                    &mut self.#field
                }
            }
        });
    }
    let embeds = (items.len() > 2).then(|| quote!(Embeds,));
    let linked = shared::links(plan, resource);
    let links = (!linked.is_empty()).then(|| quote!(Links,));
    items.extend(linked);
    let appended = shared::appends(plan, resource);
    let appends = appended.as_ref().map(|_| quote!(Appends,));
    let append = appended.as_ref().map(|_| {
        let append = format_ident!("Append{name}");
        quote!(#append,)
    });
    items.extend(appended);
    let link = (links.is_some() || appends.is_some()).then(|| quote!(Link,));
    let (create, update) = (format_ident!("Create{name}"), format_ident!("Update{name}"));
    let own = resource.fields.iter().filter(|field| needs_values(field));
    let own: Vec<Ident> = own
        .map(|field| crate::plan::values_name(&resource.name, &field.name))
        .collect();
    let choices = resource
        .fields
        .iter()
        .filter(|field| matches!(field.ty, Type::Choice { .. }));
    let choices: Vec<Ident> = choices.map(choice_name).collect();
    let choices = (!choices.is_empty()).then(|| quote!(use super::validate::{#(#choices),*};));
    let used = imports(&items).to_string();
    let value = used.contains("value").then(|| {
        quote!(
            use fieldproof_runtime::value;
        )
    });
    let rules = used.contains("rule").then(|| {
        quote!(
            use fieldproof_runtime::body::rule;
        )
    });
    let parts = partial(plan, resource).map(|_| quote!(Merging, Partial,));
    let extra = quote!(#rules #value);
    let imports = quote! {
        #choices
        use super::{#append #create, #name, TABLE, #update, #(#own,)*};
        use fieldproof_runtime::body::Reading;
        use fieldproof_runtime::problem::Problem;
        use fieldproof_runtime::resource::{#appends Change, #embeds #links #parts Resource};
        use fieldproof_runtime::service::{Birth, #link};
        use fieldproof_runtime::store::{Cell, ToCell};
        use fieldproof_runtime::table::Table;
        use fieldproof_runtime::value::Instant;
        #extra
    };
    let about = format!("What `{name}` tells the runtime about itself.");
    let text = file(&plan.api.name, &about, imports, &items);
    match columns(resource).is_empty() {
        true => text.replace("store::{Cell, ToCell}", "store::Cell"),
        false => text,
    }
}

/// Whether a default of the field names one of its values.
fn needs_values(field: &Field) -> bool {
    let read_only = !field.on_create() && !is_option(field);
    let named = field
        .default
        .as_ref()
        .is_some_and(|value| !Field::is_nothing(value));
    matches!(field.ty, Type::Values(_)) && (named && field.on_update() || read_only && !field.list)
}

fn resource_impl(plan: &Plan<'_>, resource: &Resource) -> TokenStream {
    let name = type_name(&resource.name);
    let (create, update) = (format_ident!("Create{name}"), format_ident!("Update{name}"));
    let fallbacks: Vec<TokenStream> = resource
        .fields
        .iter()
        .filter_map(|field| fallback(plan, resource, field))
        .collect();
    let shown = resource
        .fields
        .iter()
        .map(|field| initial(plan, resource, field));
    let merges: Vec<TokenStream> = resource
        .fields
        .iter()
        .filter(|field| field.on_update() && !matches!(field.ty, Type::Shared(_)))
        .map(merge)
        .collect();
    let link = shared::link(plan, resource);
    let partial = partial(plan, resource);
    let create_name = unused("create", resource.fields.iter().any(Field::on_create));
    let update_name = unused("update", !merges.is_empty());
    let mut settled: Vec<TokenStream> = resource
        .fields
        .iter()
        .filter_map(|field| settle(plan, resource, field))
        .collect();
    settled.extend(
        resource
            .fields
            .iter()
            .flat_map(|field| stand_ins(plan, resource, field)),
    );
    settled.extend(resource.exclusive.iter().map(|one| exclude(resource, one)));
    let stands_in = |field: &Field| !stand_ins(plan, resource, field).is_empty();
    let judges = !resource.exclusive.is_empty()
        || resource.fields.iter().any(stands_in)
        || resource
            .fields
            .iter()
            .any(|field| matches!(field.ty, Type::Choice { .. }));
    let (pointer, reading) = (unused("pointer", judges), unused("reading", judges));
    let touched = resource
        .times
        .as_ref()
        .and_then(|times| resource.field(&times.updated))
        .and_then(|field| {
            let Type::DateTime(form) = field.ty else {
                return None;
            };
            let (ident, form) = (ident(&field.name), form_name(form));
            Some(quote!(self.#ident = value::#form(now);))
        });
    let now = unused("now", touched.is_some());
    let cells = columns(resource).into_iter().map(|column| {
        let ident = ident(&column.field.name);
        match column.parts.as_slice() {
            [] => quote!(self.#ident.to_cell()),
            parts => {
                let joined = joined(resource, parts);
                quote!(#joined.to_cell())
            }
        }
    });
    let cells: Vec<TokenStream> = cells.collect();
    let cells = match cells.is_empty() {
        true => quote!(Vec::new()),
        false => quote!(vec![#(#cells),*]),
    };
    quote! {
        impl Resource for #name {
            type Create = #create;
            type Update = #update;

            #partial

            fn table() -> &'static Table {
                &TABLE
            }

            fn new(#create_name: #create, birth: &mut Birth<'_, '_>) -> Result<Self, Problem> {
                #(#fallbacks)*
                Ok(Self { #(#shown,)* })
            }

            #link

            fn merge(&mut self, #update_name: #update) {
                #(#merges)*
            }

            fn settle(&mut self, #pointer: &str, #reading: &mut Reading) {
                #(#settled)*
            }

            fn touch(&mut self, #now: Instant) {
                #touched
            }

            fn cells(&self) -> Vec<Cell> {
                #cells
            }
        }
    }
}

fn unused(name: &str, used: bool) -> Ident {
    match used {
        true => format_ident!("{name}"),
        false => format_ident!("_{name}"),
    }
}

fn change_impl(resource: &Resource) -> TokenStream {
    let update = format_ident!("Update{}", type_name(&resource.name));
    let fields = resource
        .fields
        .iter()
        .filter(|field| field.on_update())
        .map(|field| {
            let (ident, initial) = (ident(&field.name), field.initial());
            if merges(field) {
                return quote!(#ident: Some(self.#ident.unwrap_or_default().replace()));
            }
            let default = default(&resource.name, field, &initial);
            match (field.required, is_option(field)) {
                (true, _) => quote!(#ident: self.#ident),
                (false, true) if initial.is_null() => quote!(#ident: self.#ident.or(None)),
                (false, true) => quote!(#ident: self.#ident.or(Some(#default))),
                (false, false) if is_cheap(field) => quote!(#ident: self.#ident.or(Some(#default))),
                (false, false) => quote!(#ident: self.#ident.or_else(|| Some(#default))),
            }
        });
    quote! {
        impl Change for #update {
            fn replace(self) -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}
