//! Builds the tree from parser events, with limits on size and depth.
//!
//! Events are processed one by one on an explicit stack, so that a text of 100,000 nested
//! maps leads to a diagnostic and not to a stack overflow.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput};

use super::grammar::refused;
use super::node::{Entry, Kind, Node, Span};
use crate::diagnostic::{Diagnostic, code};

/// The maximum size of a text, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The maximum nesting depth of maps and lists.
pub const MAX_DEPTH: usize = 32;

/// A map or list that has not ended yet.
struct Open {
    start: usize,
    /// The keys so far, to find duplicates without comparing all.
    keys: BTreeMap<String, Span>,
    /// A key whose value follows.
    pending: Option<(String, Span)>,
    entries: Vec<Entry>,
    items: Vec<Node>,
    is_map: bool,
}

/// The result of reading a text.
#[derive(Debug)]
pub struct Reading {
    /// The tree; if the text is not valid YAML, the part before the error.
    pub root: Option<Node>,
    /// Where reading ended early; maps and lists open there are incomplete.
    pub cut: Option<usize>,
}

/// The text without a byte order mark, which some editors add.
#[must_use]
pub fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Reads `text` into a tree; findings are added to `found`.
pub fn read(text: &str, found: &mut Vec<Diagnostic>) -> Reading {
    let none = Reading {
        root: None,
        cut: None,
    };
    if text.len() > MAX_BYTES {
        let message = format!("the spec has {} bytes", text.len());
        let help = format!("a spec has at most {MAX_BYTES} bytes; split it by document");
        found.push(Diagnostic::new(code::TOO_LARGE, message, 0..0).help(help));
        return none;
    }
    let tabs = tabs(text, found);
    let mut builder = Builder {
        offsets: text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect(),
        stack: Vec::new(),
        root: None,
    };
    for event in Parser::new(StrInput::new(text)) {
        match event {
            Ok((event, span)) => {
                let span = builder.range(span.start, span.end);
                if !builder.take(event, span, found) {
                    return builder.cut(found);
                }
            }
            Err(error) => {
                // Tabs have already been reported, in clearer words.
                if tabs {
                    return none;
                }
                let at = builder.offset(*error.marker());
                let open: Vec<usize> = builder.stack.iter().map(|open| open.start).collect();
                found.push(refused(text, at, error.info(), &open));
                return builder.cut(found);
            }
        }
    }
    if builder.root.is_none() {
        found.push(
            Diagnostic::new(code::NOT_YAML, "the spec is empty", 0..0)
                .help("`fieldproof new NAME` writes a small spec to start from"),
        );
    }
    Reading {
        root: builder.root,
        cut: None,
    }
}

/// Reports tabs in indentation, which YAML forbids and most editors hide.
fn tabs(text: &str, found: &mut Vec<Diagnostic>) -> bool {
    let mut at = 0;
    let before = found.len();
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start().len();
        if let Some(tab) = line[..blank].find('\t').filter(|_| !line.trim().is_empty()) {
            found.push(
                Diagnostic::new(code::TAB, "a tab indents this line", at + tab..at + tab + 1)
                    .help("indent with spaces: YAML does not allow tabs here"),
            );
        }
        at += line.len();
    }
    found.len() > before
}

struct Builder {
    /// The byte offset of every character, since the parser counts characters.
    offsets: Vec<usize>,
    stack: Vec<Open>,
    root: Option<Node>,
}

impl Builder {
    fn offset(&self, mark: Marker) -> usize {
        let last = self.offsets.len() - 1;
        self.offsets[mark.index().min(last)]
    }

    fn range(&self, start: Marker, end: Marker) -> Span {
        let start = self.offset(start);
        start..self.offset(end).max(start)
    }

    /// The part that was read before the last finding.
    fn cut(mut self, found: &[Diagnostic]) -> Reading {
        let cut = found.last().map_or(0, |last| last.span.start);
        while let Some(open) = self.stack.last() {
            // Its end is unknown, but everything about it follows the cut.
            let end = cut.max(open.start).saturating_add(1);
            self.close(end);
        }
        Reading {
            root: self.root,
            cut: Some(cut),
        }
    }

    /// Processes an event; returns `false` to stop reading.
    fn take(&mut self, event: Event<'_>, span: Span, found: &mut Vec<Diagnostic>) -> bool {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if self.stack.len() == MAX_DEPTH {
                    found.push(
                        Diagnostic::new(code::TOO_DEEP, "nested too deeply", span)
                            .help(format!("maps and lists nest at most {MAX_DEPTH} deep")),
                    );
                    return false;
                }
                if !self.wants_key() {
                    self.open(span.start, matches!(event, Event::MappingStart(..)));
                    return true;
                }
                found.push(Diagnostic::new(code::NOT_YAML, "a key must be text", span));
                false
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.close(span.end);
                true
            }
            // The other YAML parser does not accept missing keys.
            Event::Scalar(_, ScalarStyle::Plain, ..) if span.is_empty() && self.wants_key() => {
                let message = "a key is missing before the colon";
                found.push(Diagnostic::new(code::NOT_YAML, message, span));
                false
            }
            Event::Scalar(text, style, ..) => {
                self.scalar(&text, style, span, found);
                true
            }
            Event::Alias(_) => {
                found.push(
                    Diagnostic::new(code::ALIAS, "aliases are not part of the language", span)
                        .help("write the value out: every row stands for itself"),
                );
                false
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                found.push(Diagnostic::new(
                    code::NOT_YAML,
                    "a second document begins here",
                    span,
                ));
                false
            }
            _ => true,
        }
    }

    /// Whether the key of a map comes next.
    fn wants_key(&self) -> bool {
        let open = self.stack.last();
        open.is_some_and(|open| open.is_map && open.pending.is_none())
    }

    fn open(&mut self, start: usize, is_map: bool) {
        self.stack.push(Open {
            start,
            keys: BTreeMap::new(),
            pending: None,
            entries: Vec::new(),
            items: Vec::new(),
            is_map,
        });
    }

    fn close(&mut self, end: usize) {
        if let Some(open) = self.stack.pop() {
            let kind = if open.is_map {
                Kind::Map(open.entries)
            } else {
                Kind::List(open.items)
            };
            let span = open.start..end.max(open.start);
            self.value(Node { span, kind });
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span, found: &mut Vec<Diagnostic>) {
        if let Some(open) = self
            .stack
            .last_mut()
            .filter(|o| o.is_map && o.pending.is_none())
        {
            if let Some(first) = open.keys.insert(text.to_owned(), span.clone()) {
                found.push(
                    Diagnostic::new(
                        code::DUPLICATE_KEY,
                        format!("`{text}` stands here twice"),
                        span.clone(),
                    )
                    .also(first, "first here"),
                );
            }
            open.pending = Some((text.to_owned(), span));
            return;
        }
        let kind = match style {
            ScalarStyle::Plain => plain(text),
            _ => Kind::Text(text.to_owned()),
        };
        self.value(Node { span, kind });
    }

    fn value(&mut self, value: Node) {
        match self.stack.last_mut() {
            None => self.root = Some(value),
            Some(open) if open.is_map => {
                if let Some((key, key_span)) = open.pending.take() {
                    open.entries.push(Entry {
                        key,
                        key_span,
                        value,
                    });
                }
            }
            Some(open) => open.items.push(value),
        }
    }
}

/// The value of a plain scalar under YAML's core schema.
fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        _ => {
            if let Ok(int) = text.parse::<i64>() {
                return Kind::Int(int);
            }
            let numeric = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
            match text.parse::<f64>() {
                Ok(float) if numeric && float.is_finite() => Kind::Float(float),
                _ => Kind::Text(text.to_owned()),
            }
        }
    }
}
