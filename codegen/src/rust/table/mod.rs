//! Table definitions: what the runtime knows of a resource.

mod ability;
mod list;

use fieldproof_spec::model::{Api, Effect, Field, Mode, Resource, Scope};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use self::ability::{apart, distinct, inside, invite, kept, login, scope};
use self::list::list;
use super::doc::doc;
use super::file::{Text, file};
use super::imports::Place;
use crate::filter::{Asks, operation};
use crate::kind::{id_kind, kind};
use crate::plan::{Column, Plan, columns, merges, own};

/// The text of `table.rs`.
pub(in crate::rust) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let columns = columns(plan, resource);
    let doc = doc(
        plan,
        &format!("How `{}` is stored and served.", resource.name),
        Some(&resource.row),
    );
    let table = table(plan, resource, &columns);
    let text = Text {
        of: &plan.api.name,
        about: &format!("The table of `{}`.", resource.name),
        head: &[],
        items: &[quote! {
            #doc
            pub static TABLE: ::fieldproof_runtime::table::Table = #table;
        }],
    };
    file(&Place::below(plan, &resource.name, "table"), &text)
}

fn table(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>]) -> TokenStream {
    let name = plan.table_name(&resource.name);
    let (wire, path, id) = (&resource.name, &resource.path, &resource.id);
    let kind = id_kind(resource.id_kind);
    let kept = resource
        .fields
        .iter()
        .filter_map(|field| kept(resource, field));
    let fields = resource.fields.iter();
    let apart = fields.flat_map(|field| apart(plan, field));
    let fields = resource.fields.iter();
    let inside = fields.flat_map(|field| inside(plan, field, &[]));
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
    let written = resource.fields.iter().filter(|field| field.on_update());
    let required = written.flat_map(|field| required(plan.api, field, &[]));
    let required = required.map(|path| quote!(&[#(#path),*]));
    let columns = all.iter().map(|column| {
        let (name, kind) = (&column.name, column.kind.emitted());
        quote!(::fieldproof_runtime::table::Column { name: #name, kind: #kind })
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
        quote!(::fieldproof_runtime::table::Unique { columns: &[#(#at),*], members: &[#(#members),*], in_parent: #in_parent })
    });
    let also = resource
        .get
        .iter()
        .flat_map(|get| &get.also)
        .map(|(name, op)| {
            let (at, folded) = (
                Literal::usize_unsuffixed(own(all, name)),
                operation(*op).asks == Asks::Folded,
            );
            quote!((#at, #folded))
        });
    let distinct = distinct(resource, all);
    let parent = match &resource.parent {
        None => quote!(None),
        Some(parent) => {
            let table = plan.table(&parent.resource);
            let refresh = parent.embed.as_ref().map(|_| {
                let (parent, child) = (
                    plan.path(&parent.resource, ""),
                    plan.path(&resource.name, ""),
                );
                quote!(Some(::fieldproof_runtime::service::refresh::<#parent, #child>))
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
            quote!(Some(::fieldproof_runtime::table::Parent { table: &#table, refresh: #refresh, touch: #touch, most: #most }))
        }
    };
    let children = plan.api.children(&resource.name).map(|child| {
        let table = plan.table(&child.name);
        let cascade = resource
            .delete
            .as_ref()
            .is_some_and(|delete| delete.cascade.contains(&child.name));
        quote!(::fieldproof_runtime::table::Child { table: &#table, cascade: #cascade })
    });
    let list = list(resource, all, resource.list.as_ref());
    let created =
        Literal::u16_unsuffixed(resource.create.as_ref().map_or(201, |create| create.status));
    let replaces = resource
        .update
        .as_ref()
        .is_some_and(|update| update.effect == Effect::Replace);
    let deleted =
        Literal::u16_unsuffixed(resource.delete.as_ref().map_or(204, |delete| delete.status));
    quote! {
        ::fieldproof_runtime::table::Table {
            name: #name,
            resource: #wire,
            path: #path,
            id: #id,
            id_kind: #kind,
            kept: &[#(#kept),*],
            inside: &[#(#inside),*],
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
            put_replaces: #replaces,
        }
    }
}

/// Paths of members that a whole object must have, where that which holds them is sent.
fn required(api: &Api, field: &Field, above: &[String]) -> Vec<Vec<String>> {
    let mut path = above.to_vec();
    path.push(field.name.clone());
    let mut all = Vec::new();
    if let (Some(name), true) = (kind(&field.ty).object(), merges(field)) {
        let members = api.object(name).into_iter().flat_map(|one| &one.fields);
        let members = members.filter(|one| one.mode != Mode::ReadOnly);
        all.extend(members.flat_map(|one| required(api, one, &path)));
    }
    if field.required {
        all.insert(0, path);
    }
    all
}
