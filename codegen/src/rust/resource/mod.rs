//! What a model tells the runtime about itself.

mod made;
mod partial;
mod settled;

use fieldproof_spec::model::{Field, Resource};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use self::made::{fallbacks, initial};
use self::partial::partial;
pub(in crate::rust) use self::settled::joined;
use self::settled::{exclude, settle, stand_ins};
use super::change::{judge, merge};
use super::doc::plain;
use super::file::{Text, file};
use super::imports::Place;
use super::shared;
use crate::kind::kind;
use crate::plan::{Plan, columns};

/// The text of a resource's `mod.rs`.
pub(in crate::rust) fn emit_module(plan: &Plan<'_>, resource: &Resource) -> String {
    let text = resource.about.clone();
    let text = text.unwrap_or_else(|| format!("The resource `{}`.", plan.ty(&resource.name, "")));
    let handlers = plain("One handler per operation.");
    let modules = quote! {
        #handlers
        pub mod handlers;
        mod model;
        mod resource;
        mod table;
        mod validate;
    };
    let columns = (!columns(plan, resource).is_empty()).then(|| {
        quote!(
            use table::COLUMNS;
        )
    });
    let given = quote! {
        pub use model::*;
        pub use table::TABLE;
        #columns
    };
    let text = Text {
        of: &plan.api.name,
        about: &text,
        head: &[modules, given],
        items: &[],
    };
    file(&Place::of(plan, &resource.name), &text)
}

/// The text of `resource.rs`.
pub(in crate::rust) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let mut items = vec![resource_impl(plan, resource)];
    items.extend(embeds(plan, resource));
    items.extend(shared::links(plan, resource));
    items.extend(shared::appends(plan, resource));
    let name = plan.ty(&resource.name, "");
    let text = Text {
        of: &plan.api.name,
        about: &format!("What `{name}` tells the runtime about itself."),
        head: &[],
        items: &items,
    };
    file(&Place::below(plan, &resource.name, "resource"), &text)
}

/// Where the children stand that the resource shows.
fn embeds(plan: &Plan<'_>, resource: &Resource) -> Vec<TokenStream> {
    let name = plan.path(&resource.name, "");
    let children = plan.api.children(&resource.name);
    children
        .filter_map(|child| {
            let field = child.parent.as_ref()?.embed.as_ref()?;
            let field = resource.field(field)?;
            let own = shared::list(field, &plan.member(&resource.name, &field.name));
            let child = plan.path(&child.name, "");
            Some(quote! {
                impl ::fieldproof_runtime::resource::Embeds<#child> for #name {
                    fn embedded(&mut self) -> &mut Vec<#child> {
                        #own
                    }
                }
            })
        })
        .collect()
}

fn resource_impl(plan: &Plan<'_>, resource: &Resource) -> TokenStream {
    let own = |prefix| plan.path(&resource.name, prefix);
    let (name, create, update) = (own(""), own("Create"), own("Update"));
    let fallbacks = fallbacks(plan, resource);
    let shown = resource
        .fields
        .iter()
        .map(|field| initial(plan, resource, field));
    let merges: Vec<TokenStream> = resource
        .fields
        .iter()
        .filter(|field| field.on_update() && kind(&field.ty).shared().is_none())
        .map(|field| merge(plan, &resource.name, field, &quote!(update), &quote!(self)))
        .collect();
    let link = shared::link(plan, resource);
    let partial = partial(plan, resource);
    let table = plan.table(&resource.name);
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
            .flat_map(|field| stand_ins(plan, resource, field))
            .map(|(one, _)| one),
    );
    settled.extend(
        resource
            .exclusive
            .iter()
            .map(|one| exclude(plan, resource, one)),
    );
    let stands_in = |field: &Field| {
        let mut all = stand_ins(plan, resource, field).into_iter();
        all.any(|(_, judged)| judged)
    };
    let judged = |field: &Field| judge(plan, &resource.name, field).is_some();
    let mut fields = resource.fields.iter();
    let judges =
        !resource.exclusive.is_empty() || fields.any(|field| stands_in(field) || judged(field));
    let (pointer, reading) = (unused("pointer", judges), unused("reading", judges));
    let settle = (!settled.is_empty()).then(|| {
        quote! {
            fn settle(&mut self, #pointer: &str, #reading: &mut ::fieldproof_runtime::body::Reading) {
                #(#settled)*
            }
        }
    });
    let refresh = refresh(plan, resource);
    let touch = touch(plan, resource);
    let all = plan.columns(&resource.name);
    let cells = (!columns(plan, resource).is_empty()).then(|| {
        quote! {
            fn column_values(&self) -> Vec<::fieldproof_runtime::store::ColumnValue> {
                #all.values(self)
            }
        }
    });
    quote! {
        impl ::fieldproof_runtime::resource::Resource for #name {
            type Create = #create;
            type Update = #update;

            #partial

            fn table() -> &'static ::fieldproof_runtime::table::Table {
                &#table
            }

            fn new(
                #create_name: #create,
                context: &mut ::fieldproof_runtime::write::CreateContext<'_, '_>,
            ) -> Result<Self, ::fieldproof_runtime::problem::Problem> {
                #(#fallbacks)*
                Ok(Self { #(#shown,)* })
            }

            #link

            fn merge(&mut self, #update_name: #update) {
                #(#merges)*
            }

            #settle

            #refresh

            #touch

            #cells
        }
    }
}

/// How the parent that shows its children is brought up to them.
fn refresh(plan: &Plan<'_>, resource: &Resource) -> Option<TokenStream> {
    let parent = resource.parent.as_ref()?;
    parent.embed.as_ref()?;
    let above = plan.path(&parent.resource, "");
    Some(quote! {
        fn refresh_parent(
            unit: &mut ::fieldproof_runtime::write::UnitOfWork<'_>,
            parent: &str,
        ) -> Result<(), ::fieldproof_runtime::problem::Problem> {
            ::fieldproof_runtime::service::refresh::<#above, Self>(unit, parent)
        }
    })
}

/// How the moment of a change is stamped into the object.
fn touch(plan: &Plan<'_>, resource: &Resource) -> Option<TokenStream> {
    let field = resource.field(&resource.times.as_ref()?.updated)?;
    let ident = plan.member(&resource.name, &field.name);
    let stamped = kind(&field.ty).stamped(&quote!(now))?;
    Some(quote! {
        fn touch(&mut self, now: ::fieldproof_runtime::value::Instant) {
            self.#ident = #stamped;
        }
    })
}

fn unused(name: &str, used: bool) -> Ident {
    match used {
        true => format_ident!("{name}"),
        false => format_ident!("_{name}"),
    }
}
