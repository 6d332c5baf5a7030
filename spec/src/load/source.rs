//! The text of a spec, followed by that of the spec that it extends.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, code, position};
use crate::tree::{self, Kind, Node};

/// The key that names the other spec.
pub(super) const KEY: &str = "extends";

/// The text of a spec followed by that of the spec it extends, so that one offset
/// identifies a position in either.
#[derive(Debug, Clone)]
pub struct Source {
    /// Both texts.
    text: String,
    /// The end of its own text.
    own: usize,
    /// The file of the extended spec.
    base: Option<PathBuf>,
    /// Why the extended spec could not be read.
    trouble: Option<String>,
}

/// A file and its text.
pub(super) struct Part<'s> {
    /// The file; `None` for the spec itself.
    pub(super) file: Option<&'s Path>,
    pub(super) text: &'s str,
    /// The offset at which its text begins.
    pub(super) start: usize,
}

impl Source {
    /// Reads a text; the spec that it extends is looked up in `folder`.
    pub(super) fn read(text: &str, folder: &Path) -> Self {
        let mut source = Self {
            text: text.to_owned(),
            own: text.len(),
            base: None,
            trouble: None,
        };
        let Some(name) = extended(text) else {
            return source;
        };
        let file = folder.join(&name);
        match fs::read_to_string(&file) {
            Ok(other) if extended(&other).is_some() => {
                let why = format!("`{name}` extends another one itself");
                source.trouble = Some(why);
            }
            Ok(other) => {
                if !source.text.ends_with('\n') {
                    source.text.push('\n');
                }
                source.own = source.text.len();
                source.text.push_str(tree::unmarked(&other));
                source.base = Some(file);
            }
            Err(error) => source.trouble = Some(format!("cannot read `{name}`: {error}")),
        }
        source
    }

    /// Both texts.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The part that contains an offset.
    pub(super) fn part(&self, at: usize) -> Part<'_> {
        match &self.base {
            Some(base) if at >= self.own => Part {
                file: Some(base),
                text: &self.text[self.own..],
                start: self.own,
            },
            _ => Part {
                file: None,
                text: &self.text[..self.own],
                start: 0,
            },
        }
    }

    /// The file of the extended spec, and the number of own lines before it.
    pub(super) fn base(&self) -> Option<(&Path, usize)> {
        let lines = position(&self.text, self.own).line - 1;
        Some((self.base.as_deref()?, lines))
    }

    /// The texts, each of which has to be a YAML document.
    pub(super) fn documents(&self) -> impl Iterator<Item = Part<'_>> {
        let other = self.base.as_ref().map(|_| self.part(self.own));
        std::iter::once(self.part(0)).chain(other)
    }

    /// The joined tree, and where it was cut off.
    pub(super) fn tree(&self, found: &mut Vec<Diagnostic>) -> (Option<Node>, Option<usize>) {
        let own = tree::read(self.part(0).text, found);
        if let (Some(why), Some(root)) = (&self.trouble, &own.root) {
            let span = tree::find(root, &[KEY]).span.clone();
            found.push(Diagnostic::new(code::EXTENDS, why.as_str(), span));
        }
        if self.base.is_none() {
            return (own.root, own.cut);
        }
        let mut more = Vec::new();
        let other = tree::read(self.part(self.own).text, &mut more);
        found.extend(more.into_iter().map(|one| moved(one, self.own)));
        let root = match (own.root, other.root) {
            (Some(own), Some(mut other)) => {
                move_node(&mut other, self.own);
                let end = other.span.end;
                let mut root = joined(own, other);
                // Findings about something missing refer to both texts.
                root.span.end = end;
                Some(root)
            }
            (own, _) => own,
        };
        let cut = own.cut.or(other.cut.map(|cut| cut + self.own));
        (root, cut)
    }
}

/// The file that a text names under `extends`.
fn extended(text: &str) -> Option<String> {
    let prefix = format!("{KEY}:");
    let line = text.lines().find(|line| line.starts_with(&prefix))?;
    let root = tree::read(line, &mut Vec::new()).root?;
    match &root.get(KEY)?.kind {
        Kind::Text(name) => Some(name.clone()),
        _ => None,
    }
}

/// Joins two maps. If both have a map under a key, these are joined; otherwise the own
/// value wins, and `null` removes that of the other.
fn joined(own: Node, mut other: Node) -> Node {
    let Kind::Map(entries) = own.kind else {
        return own;
    };
    let Kind::Map(kept) = &mut other.kind else {
        return Node {
            span: own.span,
            kind: Kind::Map(entries),
        };
    };
    for entry in entries {
        let at = kept.iter().position(|one| one.key == entry.key);
        match at {
            Some(at) if entry.value.kind == Kind::Null => drop(kept.remove(at)),
            Some(at) => {
                let before = kept[at].value.clone();
                kept[at].key_span = entry.key_span;
                kept[at].value = joined(entry.value, before);
            }
            None => kept.push(entry),
        }
    }
    Node {
        span: own.span,
        kind: other.kind,
    }
}

fn shifted(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

fn moved(mut one: Diagnostic, by: usize) -> Diagnostic {
    one.span = shifted(&one.span, by);
    for (span, _) in &mut one.also {
        *span = shifted(span, by);
    }
    one
}

fn move_node(node: &mut Node, by: usize) {
    node.span = shifted(&node.span, by);
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| move_node(item, by)),
        Kind::Map(entries) => {
            for entry in entries {
                entry.key_span = shifted(&entry.key_span, by);
                move_node(&mut entry.value, by);
            }
        }
        _ => {}
    }
}

impl Part<'_> {
    /// A finding with offsets relative to this part; positions in the other part are
    /// dropped.
    pub(super) fn own(&self, mut one: Diagnostic) -> Diagnostic {
        let back = |span: &Range<usize>| {
            let start = span.start.saturating_sub(self.start);
            start..span.end.saturating_sub(self.start).min(self.text.len())
        };
        let whole = self.start..self.start + self.text.len() + 1;
        one.also.retain(|(span, _)| whole.contains(&span.start));
        one.span = back(&one.span);
        for (span, _) in &mut one.also {
            *span = back(span);
        }
        one
    }
}
