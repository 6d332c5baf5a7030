//! Reference tables.

use fieldproof_spec::model::Table;
use quote::quote;

use super::doc::{doc, plain};
use super::file::{Text, file};
use super::imports::Place;
use crate::plan::Plan;

/// The text of a table's file.
pub(super) fn emit(plan: &Plan<'_>, table: &Table) -> String {
    let name = plan.ty(&table.name, "");
    let fields = table.columns.iter().map(|column| {
        let text = column
            .about
            .clone()
            .unwrap_or_else(|| format!("The column `{}`.", column.name));
        let doc = doc(plan, &text, Some(&column.row));
        let (wire, ident) = (&column.name, plan.member(&table.name, &column.name));
        let ty = if column.nullable {
            quote!(Option<String>)
        } else {
            quote!(String)
        };
        quote!(#doc #[serde(rename = #wire)] pub #ident: #ty)
    });
    let text = table
        .about
        .clone()
        .unwrap_or_else(|| format!("The table `{}`.", table.name));
    let about = doc(plan, &text, Some(&table.row));
    let mut items = vec![quote! {
        #about
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct #name { #(#fields,)* }
    }];
    let path = plan.path(&table.name, "");
    let file_name = format!("{}.tsv", plan.thing(&table.name).module);
    for key in plan.keys(&table.name) {
        let constant = plan.rows(&table.name, key);
        let doc = plain(&format!("The rows by `{key}`."));
        items.push(quote! {
            #doc
            pub static #constant: ::std::sync::LazyLock<
                ::fieldproof_runtime::reference::ReferenceTable<#path>,
            > = ::std::sync::LazyLock::new(|| {
                ::fieldproof_runtime::reference::ReferenceTable::read(include_str!(#file_name), #key)
            });
        });
    }
    let text = Text {
        of: &plan.api.name,
        about: &format!("The reference table `{name}`."),
        head: &[],
        items: &items,
    };
    file(&Place::of(plan, &table.name), &text)
}

/// The rows as tab-separated text.
pub(super) fn rows(table: &Table) -> String {
    let names: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let mut text = names.join("\t");
    text.push('\n');
    for row in &table.rows {
        let cells: Vec<&str> = names
            .iter()
            .map(|name| row[*name].as_str().unwrap_or_default())
            .collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}
