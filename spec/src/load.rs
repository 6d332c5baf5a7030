//! Loads specs from a file or folder; the only module that reads files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;

use crate::beside;
use crate::diagnostic::{Diagnostic, code, position, render};
use crate::lines::Lines;
use crate::lint;
use crate::model::{Api, Input, Ruling, TableData, build, nesting};
use crate::syntax::{self, Conventions, Spec, shape};
use crate::tree;

mod source;

pub use self::source::Source;

/// A spec file with its findings, and its model if it is sound.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Path as given.
    pub path: PathBuf,
    /// Its text, followed by that of the spec that it extends.
    pub source: Source,
    /// All findings, in the order of the text.
    pub found: Vec<Diagnostic>,
    /// The model; `None` if there is an error.
    pub api: Option<Api>,
    /// The recorded lines of its documents.
    pub lines: Lines,
}

impl Loaded {
    /// Renders every finding.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let path = self.path.display().to_string();
        let frames: Vec<String> = self
            .found
            .iter()
            .map(|finding| {
                let part = self.source.part(finding.span.start);
                let finding = &part.own(finding.clone());
                let other = part.file.map(|file| file.display().to_string());
                let path = other.as_ref().unwrap_or(&path);
                let at = position(part.text, finding.span.start);
                let frame = render(path, part.text, finding, color);
                // Terminals turn `path:line:column` into a link; the frame shows the rest.
                debug_assert!(
                    frame.contains(&format!("{}:{}", at.line, at.column)),
                    "{frame}"
                );
                frame
            })
            .collect();
        frames.join("\n\n")
    }
}

/// Loads the specs of `path`: a file, or every `*.yaml` of a folder in alphabetical order,
/// except files of shared conventions.
///
/// # Errors
/// The path cannot be read, or the folder has no specs.
pub fn load(path: &Path) -> io::Result<Vec<Loaded>> {
    if path.is_file() {
        return Ok(vec![load_file(path)?]);
    }
    let mut files: Vec<PathBuf> = fs::read_dir(path)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| file.extension().is_some_and(|ext| ext == "yaml"))
        .collect();
    files.sort();
    let mut loaded = Vec::new();
    for file in files {
        let one = load_file(&file)?;
        if !is_conventions(one.source.text()) {
            loaded.push(one);
        }
    }
    if loaded.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            "the folder holds no spec (*.yaml)",
        ));
    }
    beside::compare(&mut loaded);
    Ok(loaded)
}

fn is_conventions(text: &str) -> bool {
    let has = |key| text.lines().any(|line| line.starts_with(key));
    has("conventions:") && !has("api:")
}

fn load_file(path: &Path) -> io::Result<Loaded> {
    let bytes = fs::read(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = path.display().to_string();
    let (text, mut found) = match String::from_utf8(bytes) {
        Ok(text) => (text, Vec::new()),
        Err(error) => {
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let at = error.utf8_error().valid_up_to();
            let finding = Diagnostic::new(code::NOT_YAML, "not UTF-8 text", at..at);
            (text, vec![finding.help("save the file as UTF-8")])
        }
    };
    let source = Source::read(tree::unmarked(&text), folder);
    let base = source.base().map(|(base, _)| base.to_owned());
    // The record beside an extended spec applies to both.
    let beside = std::iter::once(path).chain(base.as_deref());
    let mut beside = beside.map(|path| fs::read_to_string(path.with_extension("lines")));
    let lines = Lines::read(&beside.find_map(Result::ok).unwrap_or_default());
    let api = if found.is_empty() && !is_conventions(source.text()) {
        check_source(&file, folder, &source, &lines, &mut found)
    } else {
        None
    };
    found.sort_by_key(|finding| (finding.span.start, finding.code.id));
    Ok(Loaded {
        path: path.to_owned(),
        source,
        found,
        api,
        lines,
    })
}

/// Checks the text of a spec; files it names are looked up in `folder`.
pub fn check(
    file: &str,
    folder: &Path,
    text: &str,
    lines: &Lines,
    found: &mut Vec<Diagnostic>,
) -> Option<Api> {
    check_source(file, folder, &Source::read(text, folder), lines, found)
}

fn check_source(
    file: &str,
    folder: &Path,
    source: &Source,
    lines: &Lines,
    found: &mut Vec<Diagnostic>,
) -> Option<Api> {
    let (tree, cut) = source.tree(found);
    let tree = tree?;
    if let Some(cut) = cut {
        let mut before = Vec::new();
        shape::check(syntax::known(), &tree, &mut before);
        // What follows the cut may be incomplete, so findings there are dropped.
        found.extend(before.into_iter().filter(|one| one.span.end <= cut));
        return None;
    }
    let mended = shape::check(syntax::known(), &tree, found);
    let spec = decode(source, mended, found)?;
    // File names are relative to the file that contains them.
    let folder_of = |place: &[&str]| {
        let part = source.part(tree::find(&tree, place).span.start);
        part.file.and_then(Path::parent).unwrap_or(folder)
    };
    let tables = spec
        .tables
        .iter()
        .filter_map(|(name, table)| {
            let folder = folder_of(&["tables", name, "file"]);
            let text = fs::read_to_string(folder.join(&table.file)).ok()?;
            Some((name.clone(), TableData::read(&text)))
        })
        .collect();
    let mut more = Vec::new();
    let conventions = conventions(folder_of(&["use"]), &spec, &tree, &mut more);
    let counts = lines.counts(&spec.documents);
    let api = build(&Input {
        file,
        text: source.text(),
        extends: source.base(),
        tree: &tree,
        spec: &spec,
        tables: &tables,
        ending: &nesting::ending(&spec),
        conventions: &conventions,
    });
    lint::run(&mut lint::Context {
        spec: &spec,
        api: &api,
        tree: &tree,
        tables: &tables,
        conventions: &conventions,
        lines: &counts,
        found: &mut more,
    });
    // Findings caused by repairs are not the author's fault.
    more.retain(|one| !found.iter().any(|other| covers(other, one)));
    found.extend(more);
    found.is_empty().then_some(api)
}

/// Decodes a tree that was checked, or what is left of one with findings after repair.
///
/// YAML parsers differ in what they accept: a text without findings has to be accepted by
/// another one as well.
fn decode(source: &Source, mended: serde_json::Value, found: &mut Vec<Diagnostic>) -> Option<Spec> {
    if !found.is_empty() {
        return serde_json::from_value(mended).ok();
    }
    for part in source.documents() {
        if let Err(other) = serde_yaml::from_str::<serde_yaml::Value>(part.text) {
            let at = other.location().map_or(0, |at| at.index());
            let at = part.start + part.text.floor_char_boundary(at);
            let message = format!("not every reader takes this: {other}");
            found.push(Diagnostic::new(code::NOT_YAML, message, at..at));
        }
    }
    let decoded = serde_json::from_value(mended).map_err(|error| {
        let message = format!("cannot decode: {error}");
        found.push(Diagnostic::new(code::UNDECODED, message, 0..0));
    });
    decoded.ok().filter(|_| found.is_empty())
}

/// Reads the spec and its tree again.
pub(crate) fn again(source: &Source) -> Option<(Spec, tree::Node)> {
    let tree = source.tree(&mut Vec::new()).0?;
    let spec = serde_json::from_value(tree.to_json()).ok()?;
    Some((spec, tree))
}

/// Whether a lint finding concerns something that another finding already reports.
fn covers(other: &Diagnostic, one: &Diagnostic) -> bool {
    let inside = other.span.start <= one.span.start && one.span.end <= other.span.end;
    other.span == one.span || (inside && other.code != code::MISSING_KEY)
}

/// The rulings of the shared file that `spec` uses.
fn conventions(
    folder: &Path,
    spec: &Spec,
    tree: &tree::Node,
    found: &mut Vec<Diagnostic>,
) -> IndexMap<String, Ruling> {
    let Some(name) = &spec.shared_rulings else {
        return IndexMap::new();
    };
    let mut inner = Vec::new();
    let decoded = fs::read_to_string(folder.join(name))
        .map_err(|error| error.to_string())
        .and_then(|text| {
            let reading = tree::read(&text, &mut inner);
            let root = reading.root.filter(|_| reading.cut.is_none());
            if let Some(tree) = &root {
                shape::check(&syntax::conventions_schema(), tree, &mut inner);
            }
            match inner.first() {
                Some(first) => {
                    let at = position(&text, first.span.start);
                    Err(format!("{}:{}: {}", at.line, at.column, first.message))
                }
                None => {
                    let tree = root.map(|tree| tree.to_json()).unwrap_or_default();
                    serde_json::from_value::<Conventions>(tree).map_err(|error| error.to_string())
                }
            }
        });
    match decoded {
        Ok(decoded) => decoded.conventions,
        Err(error) => {
            let span = tree::find(tree, &["use"]).span.clone();
            found.push(Diagnostic::new(
                code::CONVENTIONS,
                format!("cannot use `{name}`: {error}"),
                span,
            ));
            IndexMap::new()
        }
    }
}

#[cfg(test)]
mod tests;
