//! Table descriptions of resources for the runtime.

mod ability;
mod column;
mod list;
mod notification;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use self::ability::{distinct, invite, login, managed, secret, watch};
use self::column::{at, described};
use self::list::list;
use super::doc::doc;
use super::file::{Text, file};
use super::imports::Place;
use super::literal::Literal as Description;
use crate::ir::{Api, Code, Parent, Path, Resource, Table, Unique};
use crate::number::number;

/// The text of `table.rs`.
pub(in crate::rust) fn emit(api: &Api, one: &Resource) -> String {
    let doc = doc(&one.table.doc);
    let table = table(&one.place, &one.table);
    let mut items: Vec<TokenStream> = described(one).into_iter().collect();
    items.push(quote! {
        #doc
        pub static TABLE: ::fieldproof_runtime::table::Table = #table;
    });
    let text = Text {
        of: &[&api.name],
        about: &format!("The table of `{}`.", one.table.resource),
        head: &[],
        items: &items,
    };
    let place = Place::below(&["crate", &api.module, &one.module], "table");
    file(&place, &text)
}

/// The text of `forms.tsv`: a line for each member.
pub(in crate::rust) fn forms(one: &Table) -> String {
    let cell = |text: &str| text.replace(['\t', '\n'], " ");
    let lines = one.forms.iter();
    let lines = lines.map(|(path, form)| format!("{}\t{}\n", cell(path), cell(form)));
    lines.collect()
}

fn table(place: &Code, one: &Table) -> TokenStream {
    let texts = |all: &[String]| -> Vec<TokenStream> {
        all.iter().map(ToTokens::to_token_stream).collect()
    };
    let paths = |all: &[Path]| -> Vec<TokenStream> {
        all.iter().map(|path| quote!(&[#(#path),*])).collect()
    };
    let lookups = one.lookups.iter().map(|(name, folded)| {
        let at = at(place, name);
        match folded {
            true => quote!(::fieldproof_runtime::table::Lookup::folded(#at)),
            false => quote!(::fieldproof_runtime::table::Lookup::exact(#at)),
        }
    });
    let children = one.children.iter().map(|(table, cascade)| {
        quote!(::fieldproof_runtime::table::Child { table: &#table, cascade: #cascade })
    });
    let renamed = one.renamed.iter();
    let renamed = renamed.map(|(path, was)| quote!((#path, #was)));
    let list = list(place, &one.list);
    let status = |status| Literal::u16_unsuffixed(status).into_token_stream();
    Description::new(quote!(::fieldproof_runtime::table::Table))
        .with("name", one.name.to_token_stream())
        .with("resource", one.resource.to_token_stream())
        .with("path", one.path.to_token_stream())
        .with("id", one.id.to_token_stream())
        .with("id_kind", one.id_kind.to_token_stream())
        .list("members", texts(&one.members))
        .unless(
            one.forms.is_empty(),
            "forms",
            quote!(include_str!("forms.tsv")),
        )
        .some("was", one.was.as_ref().map(ToTokens::to_token_stream))
        .list("renamed", renamed)
        .list("managed", one.managed.iter().map(managed))
        .list("managed_inside", paths(&one.managed_inside))
        .list("secrets", one.secrets.iter().map(secret))
        .some("scope", one.scope.as_ref().map(ToTokens::to_token_stream))
        .some("login", one.login.as_ref().map(login))
        .some("invite", one.invite.as_ref().map(invite))
        .some("watch", one.watch.as_ref().map(watch))
        .flag("watched", one.watched)
        .list("per_user", texts(&one.per_user))
        .list("required", paths(&one.required))
        .unless(
            one.columns.is_empty(),
            "columns",
            quote!(&#place::table::COLUMNS.stored()),
        )
        .list("lookups", lookups)
        .list(
            "distinct",
            one.distinct.iter().map(|one| distinct(place, one)),
        )
        .list("unique", one.unique.iter().map(|one| unique(place, one)))
        .some("parent", one.parent.as_ref().map(parent))
        .list("children", children)
        .unless(list.is_bare(), "list", list.print())
        .unless(
            one.create_status == 201,
            "create_status",
            status(one.create_status),
        )
        .unless(
            one.delete_status == 204,
            "delete_status",
            status(one.delete_status),
        )
        .flag("put_replaces", one.put_replaces)
        .print()
}

/// A combination of columns that has to be unique.
fn unique(place: &Code, one: &Unique) -> TokenStream {
    let Unique {
        within, members, ..
    } = one;
    let columns = one.columns.iter().map(|name| at(place, name));
    quote!(::fieldproof_runtime::table::Unique::#within(&[#(#columns),*], &[#(#members),*]))
}

/// The parent resource.
fn parent(one: &Parent) -> TokenStream {
    let Parent { table, touch, most } = one;
    let most = match most.map(|most| number(most.into())) {
        Some(most) => quote!(Some(#most)),
        None => quote!(None),
    };
    quote!(::fieldproof_runtime::table::Parent { table: &#table, touch: #touch, most: #most })
}
