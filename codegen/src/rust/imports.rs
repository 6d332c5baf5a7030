//! Imports: computed from the paths that a file uses.
//!
//! Emitters write absolute paths, `::fieldproof_runtime::…` and `crate::…`. Each becomes an
//! import and a short name, unless the file already uses that name for something else: then it
//! stays a path. Names of the standard prelude that the file redefines become paths as well.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::visit_mut::{VisitMut, visit_macro_mut, visit_path_mut};
use syn::{Attribute, Expr, Item, Macro, Meta, PatIdent, Path, PathSegment, Token};

use crate::plan::raw;

/// The place of a file among the modules.
pub(super) struct Place {
    /// The module whose items it defines, such as `crate::api::thing`.
    home: Vec<String>,
    /// Its own module, if it is a submodule whose items are re-exported.
    below: Option<String>,
}

impl Place {
    /// The file `file` below the module of a resource.
    pub(super) fn below(path: &[&str], file: &str) -> Self {
        Self {
            below: Some(file.to_owned()),
            ..Self::module(path)
        }
    }

    /// Whether a module is that of the file itself.
    fn is(&self, module: &[String]) -> bool {
        let rest = module.strip_prefix(&self.home[..]);
        rest.is_some_and(|rest| rest.iter().eq(&self.below))
    }

    /// The file of a module.
    pub(super) fn module(path: &[&str]) -> Self {
        let home = path.iter().map(|one| raw(one).to_string()).collect();
        Self { home, below: None }
    }
}

/// Modules that stay in front of their items, for readability.
const MODULES: &[&[&str]] = &[
    &["fieldproof_runtime", "body", "rule"],
    &["fieldproof_runtime", "paging"],
    &["fieldproof_runtime", "value"],
];

/// Names of the standard prelude that generated code uses, and their modules.
const PRELUDE: &[(&str, &[&str])] = &[
    ("Box", &["std", "boxed"]),
    ("Default", &["std", "default"]),
    ("Option", &["std", "option"]),
    ("Result", &["std", "result"]),
    ("String", &["std", "string"]),
    ("Vec", &["std", "vec"]),
];

/// An item by its absolute path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    module: Vec<String>,
    name: String,
}

/// Shortens the paths in `items`, which follow `head`, and returns the imports that they then
/// need: those of the standard library, of other crates and of this one.
pub(super) fn import(place: &Place, head: &[Item], items: &mut [Item]) -> Vec<Vec<Item>> {
    let all = head.iter().chain(&*items);
    let local: BTreeSet<String> = all.filter_map(defined).collect();
    let mut claims: BTreeMap<String, BTreeSet<(bool, Named)>> = BTreeMap::new();
    each_path(items, &mut |path| {
        if let Some((named, _)) = absolute(place, path)
            && !is_relative(place, &named)
        {
            let own = named.module[0] == "crate";
            let claims = claims.entry(named.name.clone()).or_default();
            claims.insert((own, named));
        }
    });
    // Of two items with the same name the foreign one is imported.
    let free = |name: &str| !local.contains(name) && !PRELUDE.iter().any(|(one, _)| *one == name);
    let chosen = claims.into_iter().filter(|(name, _)| free(name));
    let chosen = chosen.filter_map(|(_, claims)| claims.into_iter().next());
    let imported: BTreeSet<Named> = chosen.map(|(_, named)| named).collect();
    let mut taken = local.clone();
    taken.extend(imported.iter().map(|named| named.name.clone()));
    let names = Names {
        bound: bound(items),
        local,
        imported,
        taken,
    };
    each_path(items, &mut |path| shorten(place, &names, path));
    uses(place, &names.taken, &names.imported)
}

/// What names mean in a file.
struct Names {
    /// Those of its items.
    local: BTreeSet<String>,
    /// What it imports.
    imported: BTreeSet<Named>,
    /// Names with which a path must not begin to refer to a crate.
    taken: BTreeSet<String>,
    /// Those of its variables.
    bound: BTreeSet<String>,
}

/// The names of the variables in `items`.
fn bound(items: &[Item]) -> BTreeSet<String> {
    struct Variables(BTreeSet<String>);

    impl<'a> Visit<'a> for Variables {
        fn visit_pat_ident(&mut self, one: &'a PatIdent) {
            self.0.insert(one.ident.to_string());
        }
    }

    let mut variables = Variables(BTreeSet::new());
    items.iter().for_each(|item| variables.visit_item(item));
    variables.0
}

/// The name that an item defines.
fn defined(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(one) => &one.ident,
        Item::Enum(one) => &one.ident,
        Item::Fn(one) => &one.sig.ident,
        Item::Mod(one) => &one.ident,
        Item::Static(one) => &one.ident,
        Item::Struct(one) => &one.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// The item that an absolute path names, and the number of segments that lead to it.
fn absolute(place: &Place, path: &Path) -> Option<(Named, usize)> {
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|one| one.ident.to_string())
        .collect();
    if path.leading_colon.is_none() && names[0] != "crate" {
        return None;
    }
    let begins = |one: &&&[&str]| {
        let mut pairs = one.iter().zip(&names);
        names.len() > one.len() && pairs.all(|(one, name)| one == name)
    };
    let at = match MODULES.iter().find(begins) {
        Some(module) => module.len() - 1,
        None => {
            let upper = |name: &String| name.starts_with(|c: char| c.is_ascii_uppercase());
            let at = names.iter().position(upper).unwrap_or(names.len() - 1);
            // A constant of another module keeps its module name, which distinguishes it.
            let constant = names[at].chars().all(|c| !c.is_ascii_lowercase());
            let foreign = names[0] == "crate" && !names.starts_with(&place.home);
            at - usize::from(constant && foreign && at > 2)
        }
    };
    let named = Named {
        module: names[..at].to_vec(),
        name: names[at].clone(),
    };
    Some((named, at + 1))
}

/// Whether the item is named relative to the file.
fn is_relative(place: &Place, named: &Named) -> bool {
    named.module.starts_with(&place.home) && place.below.is_none()
}

fn shorten(place: &Place, names: &Names, path: &mut Path) {
    let Names {
        local,
        imported,
        taken,
        bound,
    } = names;
    let first = path.segments[0].ident.to_string();
    let hidden = PRELUDE.iter().find(|(name, _)| *name == first);
    if let (Some((_, module)), None, true) = (hidden, path.leading_colon, local.contains(&first)) {
        prefix(path, module.iter().copied());
        if local.contains("std") {
            path.leading_colon = Some(Default::default());
        }
        return;
    }
    let Some((named, length)) = absolute(place, path) else {
        // A crate that emitters refer to without `::`.
        if first == "serde_json" && taken.contains(&first) {
            path.leading_colon = Some(Default::default());
        }
        return;
    };
    let function = named.name.starts_with(|c: char| c.is_ascii_lowercase());
    let drop = match &named.module {
        // With `self::`, the variable of that name does not shadow the function of the file.
        module if place.is(module) && function && bound.contains(&named.name) => {
            drop_first(path, length - 1);
            return prefix(path, ["self"]);
        }
        module if place.is(module) && local.contains(&named.name) => length - 1,
        // An item of the file itself or of one of its submodules.
        module if *module == place.home && local.contains(&named.name) => length - 1,
        _ if imported.contains(&named) => length - 1,
        module if module.starts_with(&place.home) && place.below.is_none() => place.home.len(),
        module if *module == place.home => {
            drop_first(path, length - 1);
            return prefix(path, ["super"]);
        }
        // The absolute path stays, with `::` only if its first name has another meaning here.
        _ => {
            if !taken.contains(&first) {
                path.leading_colon = None;
            }
            return;
        }
    };
    drop_first(path, drop);
}

fn drop_first(path: &mut Path, count: usize) {
    path.leading_colon = None;
    let segments = std::mem::take(&mut path.segments);
    path.segments = segments.into_iter().skip(count).collect();
}

fn prefix<'a>(path: &mut Path, names: impl IntoIterator<Item = &'a str>) {
    let names = names.into_iter();
    let names = names.map(|name| PathSegment::from(Ident::new(name, Span::call_site())));
    let segments = std::mem::take(&mut path.segments);
    path.segments = names.chain(segments).collect();
}

/// One import for each module, in groups.
fn uses(place: &Place, taken: &BTreeSet<String>, imported: &BTreeSet<Named>) -> Vec<Vec<Item>> {
    let mut modules: BTreeMap<&[String], Vec<&str>> = BTreeMap::new();
    for named in imported {
        let names = modules.entry(&named.module).or_default();
        names.push(&named.name);
    }
    let one = |(module, names): (&[String], Vec<&str>)| {
        let ident = |name: &str| raw(name.trim_start_matches("r#"));
        let names = names.iter().map(|name| ident(name));
        let inner = module.strip_prefix(&place.home[..]);
        let inner = inner.filter(|_| place.below.is_some());
        let path = match inner {
            Some(inner) => {
                let inner = inner.iter().map(|name| ident(name));
                quote!(super #(::#inner)*)
            }
            None => {
                let first = Ident::new(&module[0], Span::call_site());
                let rest = module[1..].iter().map(|name| ident(name));
                let root = taken.contains(&module[0]).then(|| quote!(::));
                quote!(#root #first #(::#rest)*)
            }
        };
        let names: Vec<Ident> = names.collect();
        match names.as_slice() {
            [name] => syn::parse_quote!(use #path::#name;),
            names => syn::parse_quote!(use #path::{#(#names),*};),
        }
    };
    let mut groups = [Vec::new(), Vec::new(), Vec::new()];
    for (module, names) in modules {
        let group = match module[0].as_str() {
            "std" => 0,
            "crate" => 2,
            _ => 1,
        };
        groups[group].push(one((module, names)));
    }
    groups.into_iter().filter(|one| !one.is_empty()).collect()
}

/// Calls `with` on each path in the items, innermost first.
fn each_path(items: &mut [Item], with: &mut dyn FnMut(&mut Path)) {
    struct Paths<'a>(&'a mut dyn FnMut(&mut Path));

    impl VisitMut for Paths<'_> {
        fn visit_path_mut(&mut self, path: &mut Path) {
            visit_path_mut(self, path);
            (self.0)(path);
        }

        fn visit_attribute_mut(&mut self, one: &mut Attribute) {
            let Meta::List(list) = &mut one.meta else {
                return;
            };
            let parse = Punctuated::<Path, Token![,]>::parse_terminated;
            if let (true, Ok(mut paths)) =
                (list.path.is_ident("derive"), list.parse_args_with(parse))
            {
                paths.iter_mut().for_each(|path| self.visit_path_mut(path));
                list.tokens = quote!(#paths);
            }
        }

        fn visit_macro_mut(&mut self, one: &mut Macro) {
            visit_macro_mut(self, one);
            let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
            if let Ok(mut arguments) = one.parse_body_with(parse) {
                arguments
                    .iter_mut()
                    .for_each(|argument| self.visit_expr_mut(argument));
                one.tokens = quote!(#arguments);
            }
        }
    }

    let mut paths = Paths(with);
    items.iter_mut().for_each(|item| paths.visit_item_mut(item));
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};

    use super::{Place, import};

    fn shown(place: &Place, items: proc_macro2::TokenStream) -> String {
        let mut file: syn::File = syn::parse2(items).unwrap();
        let imports = import(place, &[], &mut file.items);
        let all = imports.iter().flatten().chain(&file.items);
        let all = all.map(|item| item.to_token_stream().to_string());
        all.collect::<Vec<_>>().join("\n").replace(' ', "")
    }

    #[test]
    fn what_is_named_is_imported_and_collisions_stay_paths() {
        let place = Place {
            below: Some("table".to_owned()),
            ..Place::module(&["crate", "std", "table"])
        };
        let text = shown(
            &place,
            quote! {
                impl ::fieldproof_runtime::resource::Resource for crate::std::table::Resource {}
                static A: Option<::fieldproof_runtime::table::Table> = vec![
                    crate::std::table::Table::new(), ::fieldproof_runtime::body::rule::Text::new(),
                    crate::std::other::TABLE, crate::std::table::TABLE, crate::std::other::Other,
                ];
            },
        );
        let wanted = [
            "usesuper::TABLE;",
            "usecrate::std::other;",
            "usecrate::std::other::Other;",
            "usefieldproof_runtime::body::rule;",
            "usefieldproof_runtime::resource::Resource;",
            "usefieldproof_runtime::table::Table;",
            "implResourceforsuper::Resource{}",
            "staticA:Option<Table>=vec![super::Table::new(),rule::Text::new(),other::TABLE,TABLE,Other,];",
        ];
        for line in wanted {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_file_may_define_names_of_the_prelude_and_modules_of_crates() {
        let text = shown(
            &Place::module(&["crate", "api"]),
            quote! {
                pub mod std;
                pub struct Option { a: Option<::std::sync::Arc<crate::api::std::Vec>>, b: Vec<crate::api::Option> }
            },
        );
        assert!(text.contains("use::std::sync::Arc;"), "{text}");
        assert!(
            text.contains("a:::std::option::Option<Arc<std::Vec>>"),
            "{text}"
        );
        assert!(text.contains("b:Vec<Option>"), "{text}");
    }
}
