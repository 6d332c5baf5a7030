//! Table definitions: what the runtime knows of a resource.

mod ability;
mod list;

use fieldproof_spec::model::{IdKind, Op, Resource, Scope};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use self::ability::{apart, distinct, invite, kept, login, scope};
use self::list::list;
use super::doc::doc;
use super::file::file;
use super::{rule, ty};
use crate::plan::{Column, ColumnKind, Plan, columns, own, type_name};

/// The text of `table.rs`.
pub(in crate::rust) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let columns = columns(resource);
    let doc = doc(
        plan,
        &format!("How `{}` is stored and served.", resource.name),
        Some(&resource.row),
    );
    let table = table(plan, resource, &columns);
    let text = table.to_string();
    let used = [
        "Apart",
        "Column",
        "ColumnKind",
        "Child",
        "Distinct",
        "Envelope",
        "Filter",
        "FilterValue",
        "Keeper",
        "Kept",
        "List",
        "Invite",
        "Watch",
        "Role",
        "Login",
        "Op",
        "OrderBy",
        "Page",
        "Parent",
        "Shown",
        "Sort",
        "Table",
        "Unique",
    ];
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let used = used
        .iter()
        .filter(|name| words.contains(name))
        .map(|name| format_ident!("{name}"));
    let refresh = text.contains("refresh ::").then(|| {
        quote!(
            use fieldproof_runtime::service::refresh;
        )
    });
    let form = text.contains("Form ::").then(|| quote!(Form,));
    let imports = quote! {
        #refresh
        use fieldproof_runtime::table::{#(#used),*};
        use fieldproof_runtime::value::{#form IdKind};
    };
    let items = [quote! {
        #doc
        pub static TABLE: Table = #table;
    }];
    file(
        &plan.api.name,
        &format!("The table of `{}`.", resource.name),
        imports,
        &items,
    )
}

fn table(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>]) -> TokenStream {
    let name = plan.table_name(resource);
    let (wire, path, id) = (&resource.name, &resource.path, &resource.id);
    let kind = id_kind(resource.id_kind);
    let kept = resource
        .fields
        .iter()
        .filter_map(|field| kept(resource, field));
    let fields = resource.fields.iter();
    let apart = fields.flat_map(|field| apart(plan, field));
    let scope = scope(resource);
    let login = resource.login.as_ref().map_or_else(|| quote!(None), login);
    let invite = resource
        .invite
        .as_ref()
        .map_or_else(|| quote!(None), invite);
    let watch = resource.watch.as_ref();
    let watch = watch.map_or_else(
        || quote!(None),
        |watch| ability::watch(plan, resource, watch),
    );
    let mut others = plan.api.resources.iter();
    let watched = others.any(|one| one.watch.as_ref().is_some_and(|watch| watch.of == *wire));
    let bound = resource.bound.iter().flat_map(|bound| &bound.fields);
    let required = resource
        .fields
        .iter()
        .filter(|field| field.required && field.on_update())
        .map(|field| &field.name);
    let columns = all.iter().map(|column| {
        let (name, kind) = (&column.name, column_kind(column.kind));
        quote!(Column { name: #name, kind: ColumnKind::#kind })
    });
    let single = resource
        .fields
        .iter()
        .filter_map(|field| Some((vec![field.name.clone()], field.unique?)));
    let combined = resource
        .unique
        .iter()
        .map(|unique| (unique.fields.clone(), unique.within));
    let unique = single.chain(combined).map(|(members, scope)| {
        let at = members
            .iter()
            .map(|member| Literal::usize_unsuffixed(own(all, member)));
        let in_parent = scope == Scope::Parent;
        quote!(Unique { columns: &[#(#at),*], members: &[#(#members),*], in_parent: #in_parent })
    });
    let also = resource
        .get
        .iter()
        .flat_map(|get| &get.also)
        .map(|(name, op)| {
            let (at, folded) = (
                Literal::usize_unsuffixed(own(all, name)),
                *op == Op::EqualsFolded,
            );
            quote!((#at, #folded))
        });
    let distinct = distinct(resource, all);
    let parent = match &resource.parent {
        None => quote!(None),
        Some(parent) => {
            let table = rule::table(plan, &parent.resource);
            let refresh = parent.embed.as_ref().map(|_| {
                let (parent, child) = (
                    ty::child(plan, &parent.resource, ""),
                    ty::child(plan, &resource.name, ""),
                );
                quote!(Some(refresh::<#parent, #child>))
            });
            let refresh = refresh.unwrap_or_else(|| quote!(None));
            let embedding = parent
                .embed
                .as_ref()
                .and_then(|field| plan.resource(&parent.resource).field(field));
            let most = embedding
                .and_then(|field| field.max_items)
                .map(Literal::u32_unsuffixed);
            let most = most.map_or_else(|| quote!(None), |most| quote!(Some(#most)));
            let touch = parent.touch;
            quote!(Some(Parent { table: &#table, refresh: #refresh, touch: #touch, most: #most }))
        }
    };
    let children = plan.api.children(&resource.name).map(|child| {
        let table = rule::table(plan, &child.name);
        let cascade = resource
            .delete
            .as_ref()
            .is_some_and(|delete| delete.cascade.contains(&child.name));
        quote!(Child { table: &#table, cascade: #cascade })
    });
    let list = list(resource, all, resource.list.as_ref());
    let created =
        Literal::u16_unsuffixed(resource.create.as_ref().map_or(201, |create| create.status));
    let deleted =
        Literal::u16_unsuffixed(resource.delete.as_ref().map_or(204, |delete| delete.status));
    quote! {
        Table {
            name: #name,
            resource: #wire,
            path: #path,
            id: #id,
            id_kind: IdKind::#kind,
            kept: &[#(#kept),*],
            apart: &[#(#apart),*],
            scope: #scope,
            login: #login,
            invite: #invite,
            watch: #watch,
            watched: #watched,
            bound: &[#(#bound),*],
            required: &[#(#required),*],
            columns: &[#(#columns),*],
            also: &[#(#also),*],
            distinct: &[#(#distinct),*],
            unique: &[#(#unique),*],
            parent: #parent,
            children: &[#(#children),*],
            list: #list,
            create_status: #created,
            delete_status: #deleted,
        }
    }
}

fn column_kind(kind: ColumnKind) -> proc_macro2::Ident {
    format_ident!(
        "{}",
        match kind {
            ColumnKind::Text => "Text",
            ColumnKind::External => "External",
            ColumnKind::Number => "Number",
            ColumnKind::Folded => "Folded",
            ColumnKind::List => "List",
        }
    )
}

/// The name of an identifier's kind in the runtime.
fn id_kind(kind: IdKind) -> proc_macro2::Ident {
    type_name(match kind {
        IdKind::Hex24 => "Hex24",
        IdKind::Increasing => "Increasing",
        IdKind::Digits => "Digits",
    })
}
