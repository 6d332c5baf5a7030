//! Objects that others share.

use fieldproof_spec::model::{Field, Object, Resource, Shared};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::change::merge;
use super::doc::plain;
use super::file::{Text, file};
use super::imports::Place;
use super::member::Taken;
use super::model::{about, values};
use super::object::shown;
use super::rule::{MOST, choice};
use super::table::at;
use super::ty;
use super::validate::{Read, read};
use crate::kind::kind;
use crate::plan::{Plan, columns, default, is_cheap, is_option, making, merges};

/// The text of a shared object's file.
pub(super) fn emit(plan: &Plan<'_>, object: &Object, shared: &Shared) -> String {
    let owner = &object.name;
    let (name, sent) = (plan.ty(owner, ""), plan.members(owner));
    let members: Vec<Field> = mentioned(object, shared);
    let taken = members.iter().map(|field| {
        let (doc, ident) = (plain(&about(field)), plan.member(owner, &field.name));
        let ty = ty::updated(plan, owner, field);
        quote!(#doc pub #ident: #ty)
    });
    let about_sent = plain(&format!("Members of `{name}` as bodies send them."));
    let path = plan.path(owner, "");
    let id = plan.member(owner, &shared.id);
    let mut items = vec![
        shown(plan, object),
        quote! {
            #about_sent
            #[derive(Debug, Clone, PartialEq)]
            pub struct #sent { #(#taken,)* }
        },
    ];
    let body = Read::new(sent, Taken::Mention, &members, |_| true);
    items.extend(read(plan, owner, &[body]));
    items.extend([
        shared_impl(plan, object, shared, &members),
        quote! {
            impl ::fieldproof_runtime::store::ToColumnValue for #path {
                fn to_column_value(&self) -> ::fieldproof_runtime::store::ColumnValue {
                    ::fieldproof_runtime::store::ToColumnValue::to_column_value(&self.#id)
                }
            }
        },
    ]);
    let fields = object.fields.iter();
    items.extend(fields.clone().filter_map(|one| choice(plan, owner, one)));
    items.extend(fields.filter_map(|one| values(plan, owner, one)));
    let text = Text {
        of: &plan.api.name,
        about: &format!("The shared object `{name}`."),
        head: &[],
        items: &items,
    };
    file(&Place::of(plan, owner), &text)
}

/// The members that a body sends beside the identifier; none has to be sent.
fn mentioned(object: &Object, shared: &Shared) -> Vec<Field> {
    let fields = object.fields.iter().filter(|field| field.name != shared.id);
    fields
        .map(|field| Field {
            required: false,
            // Its key may be left out where its identifier is sent, and is never `null`.
            default: match field.name == shared.key {
                true => Some(Value::String(String::new())),
                false => field.default.clone(),
            },
            ..field.clone()
        })
        .collect()
}

fn shared_impl(
    plan: &Plan<'_>,
    object: &Object,
    shared: &Shared,
    members: &[Field],
) -> TokenStream {
    let owner = &object.name;
    let (name, place) = (plan.path(owner, ""), plan.place(owner));
    let sent = plan.members(owner);
    let sent = quote!(#place::#sent);
    let table = plan.table_name(owner);
    let (id_name, key_name) = (&shared.id, &shared.key);
    let (id, key) = (
        plan.member(owner, &shared.id),
        plan.member(owner, &shared.key),
    );
    let whose = match id == "id" {
        true => quote!(id),
        false => quote!(#id: id),
    };
    let made = members.iter().map(|field| made(plan, owner, shared, field));
    let others = members.iter().filter(|field| field.name != shared.key);
    let (from, to) = (quote!(members), quote!(self));
    let merged: Vec<TokenStream> = others
        .map(|field| merge(plan, owner, field, &from, &to))
        .collect();
    let merging = match merged.is_empty() {
        true => format_ident!("_members"),
        false => format_ident!("members"),
    };
    quote! {
        impl ::fieldproof_runtime::resource::Shared for #name {
            type Members = #sent;

            const NAME: &'static str = #table;
            const ID: &'static str = #id_name;
            const KEY: &'static str = #key_name;

            fn new(id: String, members: #sent) -> Option<Self> {
                Some(Self { #whose, #(#made,)* })
            }

            fn id(&self) -> &str {
                &self.#id
            }

            fn own_key(&self) -> &str {
                &self.#key
            }

            fn key(members: &#sent) -> Option<&str> {
                members.#key.as_deref()
            }

            fn merge(&mut self, #merging: #sent) {
                #(#merged)*
            }
        }
    }
}

/// A member of a new shared object.
fn made(plan: &Plan<'_>, owner: &str, shared: &Shared, field: &Field) -> TokenStream {
    let ident = plan.member(owner, &field.name);
    match () {
        () if field.name == shared.key => quote!(#ident: members.#ident?),
        () if is_option(field) && field.initial().is_null() => {
            quote!(#ident: members.#ident.into())
        }
        () if is_option(field) => {
            let default = default(plan, owner, field, &field.initial());
            quote!(#ident: members.#ident.or(Some(#default)).into())
        }
        () if merges(field) => {
            let default = default(plan, owner, field, &field.initial());
            quote! {
                #ident: {
                    let mut own = #default;
                    members.#ident.merge(&mut own);
                    own
                }
            }
        }
        () if is_cheap(field) => {
            let default = default(plan, owner, field, &field.initial());
            quote!(#ident: members.#ident.unwrap_or(#default))
        }
        () => {
            let making = making(plan, owner, field, &field.initial());
            quote!(#ident: members.#ident.unwrap_or_else(#making))
        }
    }
}

/// Lists of shared objects of a resource: where they stand.
pub(super) fn links(plan: &Plan<'_>, resource: &Resource) -> Vec<TokenStream> {
    let name = plan.path(&resource.name, "");
    let all = columns(plan, resource);
    let fields = resource.fields.iter();
    fields
        .filter_map(|field| {
            let path = plan.path(kind(&field.ty).shared()?, "");
            let ident = plan.member(&resource.name, &field.name);
            let column = at(plan, resource, &all, &field.name);
            let own = list(field, &ident);
            Some(quote! {
                impl ::fieldproof_runtime::resource::Relates<#path> for #name {
                    const COLUMN: usize = #column;

                    fn related(&mut self) -> &mut Vec<#path> {
                        #own
                    }
                }
            })
        })
        .collect()
}

/// How a change puts shared objects into their lists.
pub(super) fn link(plan: &Plan<'_>, resource: &Resource) -> Option<TokenStream> {
    let update = plan.path(&resource.name, "Update");
    let lists = resource.fields.iter().filter(|field| field.on_update());
    let lists: Vec<TokenStream> = lists
        .filter_map(|field| {
            let path = plan.path(kind(&field.ty).shared()?, "");
            let ident = plan.member(&resource.name, &field.name);
            let set = match is_option(field) {
                false => quote!(set),
                true => quote!(set_nullable),
            };
            Some(quote!(relations.#set::<Self, #path>(&mut self.#ident, &mut update.#ident)))
        })
        .collect();
    let (last, before) = lists.split_last()?;
    Some(quote! {
        fn relate(
            &mut self,
            update: &mut #update,
            relations: &mut ::fieldproof_runtime::write::Relations<'_, '_>,
        ) -> Result<(), ::fieldproof_runtime::problem::Problem> {
            #(#before?;)*
            #last
        }
    })
}

/// How values are added to lists of a resource.
pub(super) fn appends(plan: &Plan<'_>, resource: &Resource) -> Option<TokenStream> {
    let append = resource.append.as_ref()?;
    let (name, taken) = (
        plan.path(&resource.name, ""),
        plan.path(&resource.name, "Append"),
    );
    let fields = resource
        .fields
        .iter()
        .filter(|field| append.fields.contains(&field.name));
    let added = fields.map(|field| {
        let ident = plan.member(&resource.name, &field.name);
        let place = format!("/{}", field.name.replace('~', "~0").replace('/', "~1"));
        let most = Literal::u32_unsuffixed(field.max_items.unwrap_or(MOST));
        let own = list(field, &ident);
        match kind(&field.ty).shared() {
            Some(object) => {
                let path = plan.path(object, "");
                quote!(relations.extend::<Self, #path>(#place, #own, append.#ident, #most)?;)
            }
            None => quote!(relations.extend_values(#place, #own, append.#ident, #most);),
        }
    });
    Some(quote! {
        impl ::fieldproof_runtime::resource::Appends for #name {
            type Append = #taken;

            fn append(
                &mut self,
                append: #taken,
                relations: &mut ::fieldproof_runtime::write::Relations<'_, '_>,
            ) -> Result<(), ::fieldproof_runtime::problem::Problem> {
                #(#added)*
                Ok(())
            }
        }
    })
}

/// A list of a resource, to be written; one that is `null` is empty then.
pub(super) fn list(field: &Field, ident: &Ident) -> TokenStream {
    match is_option(field) {
        true => quote!(self.#ident.get_or_insert_default()),
        false => quote!(&mut self.#ident),
    }
}
