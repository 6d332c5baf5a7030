//! Reference tables.

use quote::quote;

use super::doc::plain;
use super::file::{Text, file};
use super::imports::Place;
use super::model::model;
use crate::ir::{Api, Reference};

/// The text of a table's file.
pub(super) fn emit(api: &Api, one: &Reference) -> String {
    let mut items = vec![model(&one.name, &one.model)];
    let path = &one.path;
    let file_name = format!("{}.tsv", one.module);
    items.extend(one.keys.iter().map(|(constant, key)| {
        let doc = plain(&format!("The rows by `{key}`."));
        quote! {
            #doc
            pub static #constant: ::std::sync::LazyLock<
                ::fieldproof_runtime::reference::ReferenceTable<#path>,
            > = ::std::sync::LazyLock::new(|| {
                ::fieldproof_runtime::reference::ReferenceTable::read(include_str!(#file_name), #key)
            });
        }
    }));
    let text = Text {
        of: &[&api.name],
        about: &format!("The reference table `{}`.", one.name.0),
        head: &[],
        items: &items,
    };
    file(&Place::module(&["crate", &api.module, &one.module]), &text)
}
