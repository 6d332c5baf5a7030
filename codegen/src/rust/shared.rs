//! Objects that others share.

use fieldproof_spec::model::{Field, Object, Resource, Shared, Type};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::doc::{doc, plain};
use super::file::file;
use super::model::{imports, values};
use super::ty;
use super::validate::{Taken, body};
use crate::plan::{Plan, columns, ident, is_option, own, type_name};

/// Most elements of a list that sets no bound.
const MOST: u32 = 1_000;

/// The text of a shared object's file.
pub(super) fn emit(plan: &Plan<'_>, object: &Object, shared: &Shared) -> String {
    let name = type_name(&object.name);
    let sent = format_ident!("{name}Members");
    let text = |field: &Field| {
        let about = field.about.clone();
        about.unwrap_or_else(|| format!("The member `{}`.", field.name))
    };
    let shown = object.fields.iter().map(|field| {
        let doc = doc(plan, &text(field), Some(&field.row));
        let (wire, ident) = (&field.name, ident(&field.name));
        let ty = ty::shown(plan, &object.name, field);
        quote!(#doc #[serde(rename = #wire)] pub #ident: #ty)
    });
    let members: Vec<Field> = mentioned(object, shared);
    let taken = members.iter().map(|field| {
        let (doc, ident) = (plain(&text(field)), ident(&field.name));
        let ty = ty::updated(plan, &object.name, field);
        quote!(#doc pub #ident: #ty)
    });
    let about = object
        .about
        .clone()
        .unwrap_or_else(|| format!("The object `{}`.", object.name));
    let (about_shown, about_sent) = (
        doc(plan, &about, Some(&object.row)),
        plain(&format!("Members of `{name}` as bodies send them.")),
    );
    let mut items = vec![
        quote! {
            #about_shown
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
            pub struct #name { #(#shown,)* }
        },
        quote! {
            #about_sent
            #[derive(Debug, Clone, PartialEq)]
            pub struct #sent { #(#taken,)* }
        },
        body(plan, &object.name, &sent, &members, |_| true, Taken::Append),
        shared_impl(plan, object, shared, &members),
        quote! {
            impl ToCell for #name {
                fn to_cell(&self) -> Cell {
                    Shared::id(self).to_cell()
                }
            }
        },
    ];
    let fields = object.fields.iter();
    items.extend(fields.filter_map(|field| values(plan, &object.name, field)));
    let imports = imports(&items);
    let imports = quote! {
        use fieldproof_runtime::body::{Body, Members};
        #imports
        use fieldproof_runtime::resource::Shared;
        use fieldproof_runtime::store::{Cell, ToCell};
    };
    file(
        &plan.api.name,
        &format!("The shared object `{name}`."),
        imports,
        &items,
    )
}

/// The members that a body sends beside the identifier; none has to be sent.
fn mentioned(object: &Object, shared: &Shared) -> Vec<Field> {
    let fields = object.fields.iter().filter(|field| field.name != shared.id);
    fields
        .map(|field| Field {
            required: false,
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
    let name = type_name(&object.name);
    let sent = format_ident!("{name}Members");
    let table = format!("{}_{}", plan.api.name, crate::plan::module(&object.name));
    let (id_name, key_name) = (&shared.id, &shared.key);
    let (id, key) = (ident(&shared.id), ident(&shared.key));
    let whose = match shared.id.as_str() {
        "id" => quote!(id),
        _ => quote!(#id: id),
    };
    let made = members.iter().map(|field| {
        let ident = ident(&field.name);
        match () {
            () if field.name == shared.key => quote!(#ident: members.#ident?),
            () if is_option(field) => quote!(#ident: members.#ident.into()),
            () => quote!(#ident: members.#ident.unwrap_or_default()),
        }
    });
    let others = members.iter().filter(|field| field.name != shared.key);
    let merged: Vec<TokenStream> = others
        .map(|field| {
            let ident = ident(&field.name);
            match is_option(field) {
                true => quote!(members.#ident.merge(&mut self.#ident);),
                false => quote! {
                    if let Some(#ident) = members.#ident {
                        self.#ident = #ident;
                    }
                },
            }
        })
        .collect();
    let merging = match merged.is_empty() {
        true => format_ident!("_members"),
        false => format_ident!("members"),
    };
    quote! {
        impl Shared for #name {
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

/// Lists of shared objects of a resource: where they stand.
pub(super) fn links(plan: &Plan<'_>, resource: &Resource) -> Vec<TokenStream> {
    let name = type_name(&resource.name);
    let all = columns(resource);
    let fields = resource.fields.iter();
    fields
        .filter_map(|field| {
            let Type::Shared(object) = &field.ty else {
                return None;
            };
            let (path, ident) = (ty::path(plan, object), ident(&field.name));
            let column = Literal::usize_unsuffixed(own(&all, &field.name));
            Some(quote! {
                impl Links<#path> for #name {
                    const COLUMN: usize = #column;

                    fn links(&mut self) -> &mut Vec<#path> {
                        &mut self.#ident
                    }
                }
            })
        })
        .collect()
}

/// How a change puts shared objects into their lists.
pub(super) fn link(plan: &Plan<'_>, resource: &Resource) -> Option<TokenStream> {
    let update = format_ident!("Update{}", type_name(&resource.name));
    let lists = resource.fields.iter().filter(|field| field.on_update());
    let lists: Vec<TokenStream> = lists
        .filter_map(|field| {
            let Type::Shared(object) = &field.ty else {
                return None;
            };
            let (path, ident) = (ty::path(plan, object), ident(&field.name));
            Some(quote! {
                if let Some(#ident) = update.#ident.take() {
                    self.#ident = link.all::<Self, #path>(#ident)?;
                }
            })
        })
        .collect();
    (!lists.is_empty()).then(|| {
        quote! {
            fn link(
                &mut self,
                update: &mut #update,
                link: &mut Link<'_, '_>,
            ) -> Result<(), Problem> {
                #(#lists)*
                Ok(())
            }
        }
    })
}

/// How values are added to lists of a resource.
pub(super) fn appends(plan: &Plan<'_>, resource: &Resource) -> Option<TokenStream> {
    let append = resource.append.as_ref()?;
    let (name, taken) = (
        type_name(&resource.name),
        format_ident!("Append{}", type_name(&resource.name)),
    );
    let refused = resource.fields.iter().map(|field| &field.name);
    let refused = refused.filter(|name| !append.fields.contains(name));
    let fields = resource
        .fields
        .iter()
        .filter(|field| append.fields.contains(&field.name));
    let added = fields.map(|field| {
        let ident = ident(&field.name);
        let place = format!("/{}", field.name);
        let most = Literal::u32_unsuffixed(field.max_items.unwrap_or(MOST));
        let add = match &field.ty {
            Type::Shared(object) => {
                let path = ty::path(plan, object);
                quote!(link.more::<Self, #path>(#place, &mut self.#ident, #ident, #most)?;)
            }
            _ => quote!(link.grow(#place, &mut self.#ident, #ident, #most);),
        };
        quote! {
            if let Some(#ident) = append.#ident {
                #add
            }
        }
    });
    Some(quote! {
        impl Appends for #name {
            type Append = #taken;

            const REFUSED: &'static [&'static str] = &[#(#refused),*];

            fn append(
                &mut self,
                append: #taken,
                link: &mut Link<'_, '_>,
            ) -> Result<(), Problem> {
                #(#added)*
                Ok(())
            }
        }
    })
}
