//! Implementations of the runtime's traits for a model.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::change::set;
use super::file::{Text, file};
use super::imports::Place;
use crate::ir::{Api, Append, Behavior, Code, ListOf, Name, Resource};

/// The text of a resource's `mod.rs`.
pub(super) fn emit_module(api: &Api, one: &Resource) -> String {
    let modules = quote! {
        pub mod handlers;
        mod model;
        mod resource;
        mod table;
        mod validate;
    };
    let bodies = one.bodies.iter().map(|one| &one.name);
    let values = one.values.iter().map(|one| &one.name);
    let mut names: Vec<&Name> = bodies.chain(values).chain([&one.name]).collect();
    names.sort();
    let given = quote! {
        pub use model::{#(#names),*};
        pub use table::TABLE;
    };
    let text = Text {
        of: &[&api.name],
        about: &format!("`{}`: its model, bodies, table and handlers.", one.name.0),
        head: &[modules, given],
        items: &[],
    };
    file(&Place::module(&["crate", &api.module, &one.module]), &text)
}

/// The text of `resource.rs`.
pub(super) fn emit(api: &Api, one: &Resource) -> String {
    let (name, behavior) = (&one.path, &one.behavior);
    let mut items = vec![described(one)];
    items.extend(one.update.as_ref().map(|update| updates(one, update)));
    items.extend(behavior.embeds.iter().map(|list| embeds(name, list)));
    let relates = behavior.relates.iter();
    items.extend(relates.map(|(list, column)| related(one, list, column)));
    items.extend(behavior.appends.as_ref().map(|lists| appends(one, lists)));
    let text = Text {
        of: &[&api.name],
        about: &format!("How the runtime handles `{}`.", one.name.0),
        head: &[],
        items: &items,
    };
    let place = Place::below(&["crate", &api.module, &one.module], "resource");
    file(&place, &text)
}

/// How objects are created, changed and checked.
fn described(one: &Resource) -> TokenStream {
    let (name, behavior) = (&one.path, &one.behavior);
    let create = &one.create;
    let new = new(create, behavior);
    let settle = settle(behavior);
    let refresh = behavior.refreshes.as_ref().map(refresh);
    let touch = behavior.touched.as_ref().map(|(name, moment)| {
        quote! {
            fn touch(&mut self, now: ::fieldproof_runtime::value::Instant) {
                self.#name = #moment;
            }
        }
    });
    let (place, columns) = (&one.place, &one.table.columns);
    let values = (!columns.is_empty()).then(|| {
        quote! {
            fn column_values(&self) -> Vec<::fieldproof_runtime::store::ColumnValue> {
                #place::table::COLUMNS.values(self)
            }
        }
    });
    quote! {
        impl ::fieldproof_runtime::resource::Resource for #name {
            type Create = #create;

            const TABLE: &'static ::fieldproof_runtime::table::Table = &#place::TABLE;

            #new

            #settle

            #refresh

            #touch

            #values
        }
    }
}

/// How an update changes an object.
fn updates(one: &Resource, update: &Code) -> TokenStream {
    let (name, behavior) = (&one.path, &one.behavior);
    let partial = (!behavior.partial.is_empty()).then(|| {
        let places = &behavior.partial;
        quote!(const PARTIAL: &'static [::fieldproof_runtime::resource::Partial] = &[#(#places),*];)
    });
    let relate = relate(update, behavior);
    let merge = merged(update, behavior);
    quote! {
        impl ::fieldproof_runtime::resource::Updates for #name {
            type Update = #update;

            #partial

            #relate

            #merge
        }
    }
}

/// The constructor of a new object.
fn new(create: &Code, behavior: &Behavior) -> TokenStream {
    let sent = unused("create", behavior.creates);
    let locals = behavior.locals.iter();
    let locals = locals.map(|(name, value)| quote!(let #name = #value;));
    let initial = behavior.initial.iter().map(|(name, value)| match value {
        Some(value) => quote!(#name: #value),
        None => quote!(#name),
    });
    quote! {
        fn new(
            #sent: #create,
            context: &mut ::fieldproof_runtime::write::CreateContext<'_, '_>,
        ) -> Result<Self, ::fieldproof_runtime::problem::Problem> {
            #(#locals)*
            Ok(Self { #(#initial,)* })
        }
    }
}

/// Code that moves shared objects of an update into their lists.
fn relate(update: &Code, behavior: &Behavior) -> Option<TokenStream> {
    let lists = behavior.relations.iter().map(|list| {
        let (name, of) = (&list.name, &list.of);
        let set = match list.nullable {
            false => quote!(set),
            true => quote!(set_nullable),
        };
        quote!(relations.#set::<Self, #of>(&mut self.#name, &mut update.#name))
    });
    let lists: Vec<TokenStream> = lists.collect();
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

/// Code that merges an update into an object.
fn merged(update: &Code, behavior: &Behavior) -> TokenStream {
    let sent = unused("update", !behavior.merges.is_empty());
    let (from, to) = (quote!(update), quote!(self));
    let merges = behavior.merges.iter().map(|one| set(one, &from, &to));
    quote! {
        fn merge(&mut self, #sent: #update) {
            #(#merges)*
        }
    }
}

/// Code that computes and checks members after the merge.
fn settle(behavior: &Behavior) -> Option<TokenStream> {
    let settled = &behavior.settled;
    let (pointer, reading) = (
        unused("pointer", behavior.judges),
        unused("reading", behavior.judges),
    );
    (!settled.is_empty()).then(|| {
        quote! {
            fn settle(&mut self, #pointer: &str, #reading: &mut ::fieldproof_runtime::body::Reading) {
                #(#settled)*
            }
        }
    })
}

/// Code that updates the embedded children of the parent.
fn refresh(parent: &Code) -> TokenStream {
    quote! {
        fn refresh_parent(
            unit: &mut ::fieldproof_runtime::write::UnitOfWork<'_>,
            parent: &str,
        ) -> Result<(), ::fieldproof_runtime::problem::Problem> {
            ::fieldproof_runtime::service::refresh::<#parent, Self>(unit, parent)
        }
    }
}

/// Code that returns the embedded children.
fn embeds(name: &Code, list: &ListOf) -> TokenStream {
    let (child, own) = (&list.of, written(&list.name, list.nullable));
    quote! {
        impl ::fieldproof_runtime::resource::Embeds<#child> for #name {
            fn embedded(&mut self) -> &mut Vec<#child> {
                #own
            }
        }
    }
}

/// Code that returns the shared objects in a list.
fn related(one: &Resource, list: &ListOf, column: &str) -> TokenStream {
    let (name, place) = (&one.path, &one.place);
    let (of, own) = (&list.of, written(&list.name, list.nullable));
    quote! {
        impl ::fieldproof_runtime::resource::Relates<#of> for #name {
            const COLUMN: usize = #place::table::COLUMNS.at(#column);

            fn related(&mut self) -> &mut Vec<#of> {
                #own
            }
        }
    }
}

/// Code that adds values to lists of a resource.
fn appends(one: &Resource, lists: &[Append]) -> TokenStream {
    let (name, sent) = (&one.path, &one.append);
    let added = lists.iter().enumerate().map(|(at, list)| {
        let Append {
            name,
            pointer,
            most,
            ..
        } = list;
        let own = written(name, list.nullable);
        let last = at + 1 == lists.len();
        match (&list.shared, last) {
            (Some(of), false) => {
                quote!(relations.extend::<Self, #of>(#pointer, #own, append.#name, #most)?;)
            }
            (Some(of), true) => {
                quote!(relations.extend::<Self, #of>(#pointer, #own, append.#name, #most))
            }
            (None, false) => quote!(relations.extend_values(#pointer, #own, append.#name, #most);),
            (None, true) => quote! {
                relations.extend_values(#pointer, #own, append.#name, #most);
                Ok(())
            },
        }
    });
    quote! {
        impl ::fieldproof_runtime::resource::Appends for #name {
            type Append = #sent;

            fn append(
                &mut self,
                append: #sent,
                relations: &mut ::fieldproof_runtime::write::Relations<'_, '_>,
            ) -> Result<(), ::fieldproof_runtime::problem::Problem> {
                #(#added)*
            }
        }
    }
}

/// A list of a resource to write to; `null` becomes an empty list.
fn written(name: &Name, nullable: bool) -> TokenStream {
    match nullable {
        true => quote!(self.#name.get_or_insert_default()),
        false => quote!(&mut self.#name),
    }
}

fn unused(name: &str, used: bool) -> Ident {
    match used {
        true => format_ident!("{name}"),
        false => format_ident!("_{name}"),
    }
}
