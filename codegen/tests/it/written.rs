//! What emitted files define and name, seen by a parser that shares nothing with
//! the emitters.

use std::collections::BTreeSet;

use fieldproof_codegen::Files;
use syn::{Fields, ImplItem, Item, UseTree};

/// What is wrong with the files: text that is no Rust, and names that a file
/// has twice.
pub(crate) fn faults(files: &Files) -> Vec<String> {
    let sources = files.0.iter().filter(|(path, _)| path.ends_with(".rs"));
    sources
        .flat_map(|(path, text)| {
            let found = match syn::parse_file(text) {
                Ok(file) => in_file(&file.items),
                Err(error) => vec![error.to_string()],
            };
            found
                .into_iter()
                .map(move |fault| format!("{path}: {fault}"))
        })
        .collect()
}

fn in_file(items: &[Item]) -> Vec<String> {
    let (mut types, mut values) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    let mut take = |names: &mut BTreeSet<String>, name: String| {
        if !names.insert(name.clone()) {
            found.push(format!("`{name}` twice"));
        }
    };
    for item in items {
        match item {
            Item::Mod(one) => take(&mut types, one.ident.to_string()),
            Item::Enum(one) => {
                take(&mut types, one.ident.to_string());
                let mut variants = BTreeSet::new();
                one.variants
                    .iter()
                    .for_each(|one| take(&mut variants, one.ident.to_string()));
            }
            Item::Struct(one) => {
                take(&mut types, one.ident.to_string());
                let mut members = BTreeSet::new();
                if let Fields::Named(fields) = &one.fields {
                    let names = fields.named.iter().filter_map(|one| one.ident.as_ref());
                    names.for_each(|name| take(&mut members, name.to_string()));
                }
            }
            Item::Fn(one) => take(&mut values, one.sig.ident.to_string()),
            Item::Static(one) => take(&mut values, one.ident.to_string()),
            Item::Use(one) => {
                for name in imported(&one.tree) {
                    let lower = name.starts_with(|c: char| c.is_ascii_lowercase());
                    take(&mut types, name.clone());
                    if lower {
                        take(&mut values, name);
                    }
                }
            }
            Item::Impl(one) => {
                let mut names = BTreeSet::new();
                for item in &one.items {
                    if let ImplItem::Fn(one) = item {
                        take(&mut names, one.sig.ident.to_string());
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Names that an import brings; none for a glob, which gives way to all others.
fn imported(tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Path(one) => imported(&one.tree),
        UseTree::Name(one) => vec![one.ident.to_string()],
        UseTree::Rename(one) => vec![one.rename.to_string()],
        UseTree::Group(one) => one.items.iter().flat_map(imported).collect(),
        UseTree::Glob(_) => Vec::new(),
    }
}
