//! The imports between files of a package, from `use` declarations and paths.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{Visit, visit_path};
use syn::{Item, ItemUse, UseTree, VisRestricted, Visibility};

type Module = Vec<String>;

/// A file: the items it defines, what it re-exports, and what it uses.
#[derive(Default)]
struct File {
    defines: BTreeSet<String>,
    /// Imported names with the paths they refer to.
    brings: BTreeMap<String, Module>,
    names: Vec<Module>,
    /// Names used without a path.
    alone: BTreeSet<String>,
}

/// Groups of files that import each other, directly or indirectly; each file with its
/// imports within the group.
pub(crate) fn circles(src: &Path) -> Vec<BTreeMap<String, Vec<String>>> {
    let mut files = BTreeMap::new();
    read(src, &Module::new(), &mut files);
    let mut edges: BTreeMap<&Module, BTreeSet<Module>> = BTreeMap::new();
    for (module, file) in &files {
        let found = file
            .names
            .iter()
            .filter_map(|path| defining(&files, path, 0));
        let others = found.filter(|other| other != module).collect();
        edges.insert(module, others);
    }
    let reach: BTreeMap<&Module, BTreeSet<Module>> = edges
        .keys()
        .map(|from| (*from, reachable(&edges, from)))
        .collect();
    let mut circles = Vec::new();
    for (module, others) in &reach {
        let back = others.iter().filter(|other| reach[other].contains(*module));
        let circle: BTreeSet<&Module> = back.collect();
        let imports = |one: &&Module| {
            let own = edges[one].iter().filter(|other| circle.contains(other));
            (one.join("::"), own.map(|other| other.join("::")).collect())
        };
        let shown: BTreeMap<String, Vec<String>> = circle.iter().map(imports).collect();
        if shown.len() > 1 && !circles.contains(&shown) {
            circles.push(shown);
        }
    }
    circles
}

/// All files reachable from a file, including itself if it is in a circle.
fn reachable(edges: &BTreeMap<&Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<Module> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
    while let Some(one) = open.pop() {
        for next in edges.get(&one).into_iter().flatten() {
            if seen.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    seen
}

/// The file that defines the item at a path, through any re-exports.
fn defining(files: &BTreeMap<Module, File>, path: &[String], depth: usize) -> Option<Module> {
    let length = (0..=path.len())
        .rev()
        .find(|length| files.contains_key(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    let file = &files[module];
    match rest
        .first()
        .and_then(|name| Some((name, file.brings.get(name)?)))
    {
        Some((name, other)) if !file.defines.contains(name) && depth < 8 => {
            let whole = [other.as_slice(), &rest[1..]].concat();
            defining(files, &whole, depth + 1)
        }
        _ => Some(module.to_vec()),
    }
}

fn read(folder: &Path, module: &Module, files: &mut BTreeMap<Module, File>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut own = module.clone();
        if path.is_dir() {
            own.push(stem);
            read(&path, &own, files);
        } else if path.extension().is_some_and(|one| one == "rs") {
            if !matches!(stem.as_str(), "mod" | "lib" | "main") {
                own.push(stem);
            }
            files.insert(own, File::default());
        }
    }
    let there: BTreeSet<Module> = files.keys().cloned().collect();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|one| one == "rs") {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let mut own = module.clone();
            if !matches!(stem.as_str(), "mod" | "lib" | "main") {
                own.push(stem);
            }
            let text = fs::read_to_string(&path).unwrap();
            let parsed = syn::parse_file(&text).unwrap();
            let mut reader = Reader {
                module: own.clone(),
                there: &there,
                file: File::default(),
            };
            parsed.items.iter().for_each(|item| reader.item(item));
            let File {
                brings,
                names,
                alone,
                ..
            } = &mut reader.file;
            names.extend(alone.iter().filter_map(|name| brings.get(name).cloned()));
            files.insert(own, reader.file);
        }
    }
}

struct Reader<'a> {
    module: Module,
    there: &'a BTreeSet<Module>,
    file: File,
}

impl Reader<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            // Tests may use more than the code they test.
            Item::Mod(one) if one.content.is_some() => {}
            Item::Use(one) => self.import(one),
            item => self.visit_item(item),
        }
        let name = match item {
            Item::Const(one) => &one.ident,
            Item::Enum(one) => &one.ident,
            Item::Fn(one) => &one.sig.ident,
            Item::Static(one) => &one.ident,
            Item::Struct(one) => &one.ident,
            Item::Trait(one) => &one.ident,
            Item::Type(one) => &one.ident,
            _ => return,
        };
        self.file.defines.insert(name.to_string());
    }

    /// Re-exports do not count as uses.
    fn import(&mut self, one: &ItemUse) {
        let passed = !matches!(one.vis, Visibility::Inherited);
        let mut found = Vec::new();
        flatten(&one.tree, &mut Vec::new(), &mut found);
        for (path, name) in found {
            if let Some(path) = self.absolute(&path) {
                if !passed {
                    self.file.names.push(path.clone());
                }
                self.file.brings.insert(name, path);
            }
        }
    }

    /// A path from the root of the package; `None` for other packages.
    fn absolute(&self, path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([&self.module, rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|one| *one == "super").count();
                let above = self.module.len().checked_sub(ups)?;
                Some([&self.module[..above], &path[ups..]].concat())
            }
            _ => {
                let below = [&self.module[..], std::slice::from_ref(first)].concat();
                let there = self.there.contains(&below);
                there.then(|| [&self.module, path].concat())
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    /// The scope of a visibility is not a dependency.
    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|one| one.ident.to_string())
            .collect();
        match names.as_slice() {
            [name] => drop(self.file.alone.insert(name.clone())),
            names => self.file.names.extend(self.absolute(names)),
        }
        visit_path(self, path);
    }
}

/// The paths of an import, each with the name it introduces.
fn flatten(tree: &UseTree, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, String)>) {
    match tree {
        UseTree::Path(one) => {
            path.push(one.ident.to_string());
            flatten(&one.tree, path, found);
            path.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|one| flatten(one, path, found)),
        UseTree::Name(one) if one.ident == "self" => {
            let name = path.last().cloned().unwrap_or_default();
            found.push((path.clone(), name));
        }
        UseTree::Name(one) => {
            let name = one.ident.to_string();
            found.push((
                [path.as_slice(), std::slice::from_ref(&name)].concat(),
                name,
            ));
        }
        UseTree::Rename(one) => {
            let name = one.ident.to_string();
            found.push(([path.as_slice(), &[name]].concat(), one.rename.to_string()));
        }
        UseTree::Glob(_) => found.push((path.clone(), String::new())),
    }
}
