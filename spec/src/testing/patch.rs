//! Applies a piece of a spec to another spec, line by line.
//!
//! An existing key is replaced with everything below it, a new one is added after its
//! siblings, and `key: (none)` removes one. Keys with nested keys are merged.

use std::ops::Range;

use crate::tree::Span;

/// A spec with a piece applied.
pub(super) struct Patched {
    pub(super) text: String,
    /// For each line of the text, its line in the piece, if any.
    from: Vec<Option<usize>>,
    /// The additional indentation of the piece.
    indent: usize,
}

/// A line with the lines indented below it.
struct Block {
    line: String,
    from: Option<usize>,
    below: Vec<Self>,
}

impl Patched {
    pub(super) fn new(base: &str, place: &str, piece: &str) -> Self {
        let mut whole = blocks(lines(base, 0, |_| None));
        let steps: Vec<&str> = place.split_terminator('.').collect();
        let indent = 2 * steps.len();
        let mut there = &mut whole;
        for step in steps {
            let next = there.iter_mut().find(|block| block.key() == step);
            there = &mut next.unwrap_or_else(|| panic!("no {step}")).below;
        }
        lay(there, blocks(lines(piece, indent, Some)));
        let mut patched = Self {
            text: String::new(),
            from: Vec::new(),
            indent,
        };
        patched.write(&whole);
        patched
    }

    fn write(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.text.push_str(&block.line);
            self.text.push('\n');
            self.from.push(block.from);
            self.write(&block.below);
        }
    }

    /// The line of the piece in which a span begins, and its columns there; of a span over
    /// several lines, those of the first.
    pub(super) fn place(&self, span: &Span) -> Option<(usize, Range<usize>)> {
        let before = self.text.get(..span.start)?;
        let line = before.matches('\n').count();
        let (_, own) = before.rsplit_once('\n').unwrap_or(("", before));
        let marked = self.text[span.clone()].lines().next().unwrap_or_default();
        let start = own.chars().count().checked_sub(self.indent)?;
        let length = marked.chars().count().max(1);
        Some(((*self.from.get(line)?)?, start..start + length))
    }
}

impl Block {
    fn key(&self) -> &str {
        let line = self.line.trim_start();
        line.split_once(": ")
            .map_or(line.trim_end_matches(':'), |(key, _)| key)
    }

    /// The indentation of the line; a tab, which is one of the tested faults, counts as
    /// one.
    fn depth(&self) -> usize {
        let blank = self.line.len() - self.line.trim_start().len();
        blank + self.line.matches('\t').count()
    }

    /// Whether only the lines below it are to be merged.
    fn leads_on(&self) -> bool {
        let items = self
            .below
            .iter()
            .any(|one| one.line.trim_start().starts_with("- "));
        self.line.ends_with(':') && !self.below.is_empty() && !items
    }
}

fn lines(text: &str, indent: usize, from: fn(usize) -> Option<usize>) -> Vec<Block> {
    let line = |(at, line): (usize, &str)| Block {
        line: format!("{}{line}", " ".repeat(indent)),
        from: from(at),
        below: Vec::new(),
    };
    text.lines().enumerate().map(line).collect()
}

/// Nests lines below those that they are indented under.
fn blocks(lines: Vec<Block>) -> Vec<Block> {
    let mut all = Vec::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(mut first) = lines.next() {
        let mut below = Vec::new();
        while let Some(one) = lines.next_if(|one| one.depth() > first.depth()) {
            below.push(one);
        }
        first.below = blocks(below);
        all.push(first);
    }
    all
}

fn lay(base: &mut Vec<Block>, piece: Vec<Block>) {
    for one in piece {
        // Lines of the piece are not replaced, since duplicate keys are one of the tested
        // faults.
        let own = |block: &Block| block.from.is_none() && block.key() == one.key();
        match base.iter().position(own) {
            Some(at) if one.line.ends_with(": (none)") => drop(base.remove(at)),
            Some(at) if one.leads_on() && base[at].leads_on() => {
                base[at].from = one.from;
                lay(&mut base[at].below, one.below);
            }
            Some(at) => base[at] = one,
            None => base.push(one),
        }
    }
}
