//! Table definitions: what the runtime knows of a resource.

mod ability;
mod column;
mod list;

use fieldproof_spec::model::{Api, Effect, Field, Mode, Parent, Resource, Scope};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use self::ability::{apart, distinct, inside, invite, kept, login, scope};
pub(super) use self::column::at;
use self::column::{described, placed};
use self::list::list;
use super::doc::doc;
use super::file::{Text, file};
use super::imports::Place;
use super::literal::Literal as Description;
use crate::filter::{Asks, operation};
use crate::kind::{id_kind, kind};
use crate::plan::{Column, Plan, asked, columns, merges};

/// The text of `table.rs`.
pub(in crate::rust) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let columns = columns(plan, resource);
    let doc = doc(
        plan,
        &format!("How `{}` is stored and served.", resource.name),
        Some(&resource.row),
    );
    let table = table(plan, resource, &columns);
    let mut items: Vec<TokenStream> = described(plan, resource, &columns).into_iter().collect();
    items.push(quote! {
        #doc
        pub static TABLE: ::fieldproof_runtime::table::Table = #table;
    });
    let text = Text {
        of: &plan.api.name,
        about: &format!("The table of `{}`.", resource.name),
        head: &[],
        items: &items,
    };
    file(&Place::below(plan, &resource.name, "table"), &text)
}

fn table(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>]) -> TokenStream {
    let (name, wire) = (plan.table_name(&resource.name), &resource.name);
    let (path, id) = (&resource.path, &resource.id);
    let kind = id_kind(resource.id_kind);
    let fields = &resource.fields;
    let members = fields.iter().filter(|_| is_told_by_members(plan, resource));
    let members = members.map(|field| field.name.to_token_stream());
    let mut others = plan.api.resources.iter();
    let watched = others.any(|one| one.watch.as_ref().is_some_and(|watch| watch.of == *wire));
    let bound = resource.bound.iter().flat_map(|bound| &bound.fields);
    let written = fields.iter().filter(|field| field.on_update());
    let required = written.flat_map(|field| required(plan.api, field, &[]));
    let columns = plan.columns(&resource.name);
    let places = resource.get.iter().flat_map(|get| &get.also);
    let also = places.map(|(name, op)| {
        let (at, folded) = (
            placed(plan, resource, &all[asked(all, name, *op)]),
            operation(*op).asks == Asks::Folded,
        );
        quote!((#at, #folded))
    });
    let created = resource.create.as_ref().map_or(201, |create| create.status);
    let deleted = resource.delete.as_ref().map_or(204, |delete| delete.status);
    let update = resource.update.as_ref();
    let list = list(plan, resource, all, resource.list.as_ref());
    let status = |status| Literal::u16_unsuffixed(status).into_token_stream();
    Description::new(quote!(::fieldproof_runtime::table::Table))
        .with("name", quote!(#name))
        .with("resource", quote!(#wire))
        .with("path", quote!(#path))
        .with("id", quote!(#id))
        .with("id_kind", kind)
        .list("members", members)
        .list(
            "managed",
            fields.iter().filter_map(|field| kept(resource, field)),
        )
        .list(
            "managed_inside",
            fields.iter().flat_map(|field| inside(plan, field, &[])),
        )
        .list(
            "secrets",
            fields.iter().flat_map(|field| apart(plan, field)),
        )
        .some("scope", scope(resource))
        .some("login", resource.login.as_ref().map(login))
        .some("invite", resource.invite.as_ref().map(invite))
        .some(
            "watch",
            resource
                .watch
                .as_ref()
                .map(|one| ability::watch(plan, resource, one)),
        )
        .flag("watched", watched)
        .list("per_user", bound.map(ToTokens::to_token_stream))
        .list("required", required.map(|path| quote!(&[#(#path),*])))
        .unless(all.is_empty(), "columns", quote!(&#columns.stored()))
        .list("lookups", also)
        .list("distinct", distinct(plan, resource, all))
        .list("unique", unique(plan, resource, all))
        .some(
            "parent",
            resource.parent.as_ref().map(|one| parent(plan, one)),
        )
        .list("children", children(plan, resource))
        .unless(list.is_bare(), "list", list.print())
        .unless(created == 201, "create_status", status(created))
        .unless(deleted == 204, "delete_status", status(deleted))
        .flag(
            "put_replaces",
            update.is_some_and(|update| update.effect == Effect::Replace),
        )
        .print()
}

/// Whether the table has to name its members: lists of it are added to, or another
/// resource without a parent calls its identifier the same.
fn is_told_by_members(plan: &Plan<'_>, resource: &Resource) -> bool {
    let alone = |one: &Resource| one.parent.is_none() && one.id == resource.id;
    let mut others = plan.api.resources.iter();
    let twin = others.any(|other| other.name != resource.name && alone(other));
    resource.append.is_some() || alone(resource) && twin
}

/// Combinations of columns that may occur only once.
fn unique(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>]) -> Vec<TokenStream> {
    let fields = resource.fields.iter();
    let single = fields.filter_map(|field| Some((vec![field.name.clone()], field.unique?)));
    let combined = resource.unique.iter();
    let combined = combined.map(|unique| (unique.fields.clone(), unique.within));
    let one = |(members, scope): (Vec<String>, Scope)| {
        let at = members.iter().map(|member| at(plan, resource, all, member));
        let within = match scope {
            Scope::Parent => quote!(in_parent),
            Scope::Tenant => quote!(in_tenant),
        };
        quote!(::fieldproof_runtime::table::Unique::#within(&[#(#at),*], &[#(#members),*]))
    };
    single.chain(combined).map(one).collect()
}

/// The resource that it lives below.
fn parent(plan: &Plan<'_>, parent: &Parent) -> TokenStream {
    let table = plan.table(&parent.resource);
    let embed = parent.embed.as_ref();
    let embedding = embed.and_then(|field| plan.resource(&parent.resource).field(field));
    let most = embedding.and_then(|field| field.max_items);
    let most = match most.map(Literal::u32_unsuffixed) {
        Some(most) => quote!(Some(#most)),
        None => quote!(None),
    };
    let touch = parent.touch;
    quote!(::fieldproof_runtime::table::Parent { table: &#table, touch: #touch, most: #most })
}

/// Resources that live below it.
fn children(plan: &Plan<'_>, resource: &Resource) -> Vec<TokenStream> {
    let goes = |child: &Resource| {
        let delete = resource.delete.as_ref();
        delete.is_some_and(|delete| delete.cascade.contains(&child.name))
    };
    let one = |child: &Resource| {
        let (table, cascade) = (plan.table(&child.name), goes(child));
        quote!(::fieldproof_runtime::table::Child { table: &#table, cascade: #cascade })
    };
    plan.api.children(&resource.name).map(one).collect()
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
