//! Reference tables.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Table, Type};
use proc_macro2::{Ident, Span};
use quote::quote;

use super::doc::{doc, plain};
use super::file::file;
use crate::plan::{Plan, ident, module, type_name};

/// The text of a table's file.
pub(super) fn emit(plan: &Plan<'_>, table: &Table) -> String {
    let name = type_name(&table.name);
    let fields = table.columns.iter().map(|column| {
        let text = column
            .about
            .clone()
            .unwrap_or_else(|| format!("The column `{}`.", column.name));
        let doc = doc(plan, &text, Some(&column.row));
        let (wire, ident) = (&column.name, ident(&column.name));
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
    let file_name = format!("{}.tsv", module(&table.name));
    for key in keys(plan, table) {
        let constant = Ident::new(
            &format!("BY_{}", module(&key).to_uppercase()),
            Span::call_site(),
        );
        let doc = plain(&format!("The rows by `{key}`."));
        items.push(quote! {
            #doc
            pub static #constant: LazyLock<Reference<#name>> =
                LazyLock::new(|| Reference::read(include_str!(#file_name), #key));
        });
    }
    let imports = quote! {
        use fieldproof_runtime::reference::Reference;
        use std::sync::LazyLock;
    };
    file(
        &plan.api.name,
        &format!("The reference table `{name}`."),
        imports,
        &items,
    )
}

/// Columns that fields of the API are keys of.
fn keys(plan: &Plan<'_>, table: &Table) -> BTreeSet<String> {
    let resources = plan
        .api
        .resources
        .iter()
        .flat_map(|resource| &resource.fields);
    let objects = plan.api.objects.iter().flat_map(|object| &object.fields);
    resources
        .chain(objects)
        .filter_map(|field| match &field.ty {
            Type::Key { table: of, column } if *of == table.name => Some(column.clone()),
            _ => None,
        })
        .collect()
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
