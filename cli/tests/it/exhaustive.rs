//! Matches over enums that may grow with the spec language have to be exhaustive, so that
//! the compiler points them out when a variant is added.

use std::fs;
use std::path::Path;

use syn::visit::{Visit, visit_expr_match};
use syn::{Arm, ExprMatch, Pat};

/// Enums that may grow: a new variant has to be considered in every match.
const GROWING: &[&str] = &["Type", "Notation", "Op", "PageStyle", "PageRole", "IdKind"];

/// Enums that must always be matched exhaustively, even in a match that asks for one
/// variant.
const TOLD_APART: &[&str] = &["Notation", "Op", "PageStyle", "PageRole", "IdKind"];

/// The matches over a growing enum that have a catch-all arm.
pub(crate) fn open_matches(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("a source file");
    let parsed = syn::parse_file(&text).expect("Rust");
    let mut found = Open(Vec::new());
    found.visit_file(&parsed);
    let place = |arms: usize| format!("{}, a match of {arms} arms", file.display());
    found.0.into_iter().map(place).collect()
}

/// The lines that name a style of pages, or import names of styles.
pub(crate) fn named_styles(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("a source file");
    let names = |line: &str| {
        let mut rest = line
            .match_indices("PageStyle::")
            .map(|(at, _)| &line[at + 11..]);
        rest.any(|name| {
            // `ALL` and functions are about all styles.
            let mut letters = name.chars();
            let first = letters.next().unwrap_or_default();
            let second = letters.next().unwrap_or_default();
            matches!(first, '{' | '*') || first.is_uppercase() && second.is_lowercase()
        })
    };
    let lines = text.lines().enumerate().filter(|(_, line)| names(line));
    lines
        .map(|(at, line)| format!("{}:{}: {}", file.display(), at + 1, line.trim()))
        .collect()
}

struct Open(Vec<usize>);

impl<'ast> Visit<'ast> for Open {
    fn visit_expr_match(&mut self, one: &'ast ExprMatch) {
        let over = one.arms.iter().any(|arm| names(&arm.pat));
        // A match with two arms over types tests for certain types.
        let asks = one.arms.len() == 2 && !one.arms.iter().any(|arm| is_other(&arm.pat));
        if !asks && over && one.arms.iter().any(is_rest) {
            self.0.push(one.arms.len());
        }
        visit_expr_match(self, one);
    }
}

/// Whether a pattern names a variant of a growing enum.
fn names(pat: &Pat) -> bool {
    is_one_of(pat, GROWING)
}

/// Whether a pattern names a variant of an enum other than field types.
fn is_other(pat: &Pat) -> bool {
    is_one_of(pat, TOLD_APART)
}

fn is_one_of(pat: &Pat, enums: &[&str]) -> bool {
    let is = |path: &syn::Path| {
        let mut from = path.segments.iter().rev().skip(1);
        from.next()
            .is_some_and(|one| enums.iter().any(|name| one.ident == name))
    };
    match pat {
        Pat::Path(one) => is(&one.path),
        Pat::TupleStruct(one) => is(&one.path),
        Pat::Struct(one) => is(&one.path),
        Pat::Or(one) => one.cases.iter().any(|one| is_one_of(one, enums)),
        Pat::Reference(one) => is_one_of(&one.pat, enums),
        Pat::Guard(one) => is_one_of(&one.pat, enums),
        _ => false,
    }
}

/// Whether an arm is a catch-all.
fn is_rest(arm: &Arm) -> bool {
    let name = |one: &syn::PatIdent| one.subpat.is_none();
    // A pattern with a guard is another kind of pattern and only matches some values.
    match &arm.pat {
        Pat::Wild(_) => true,
        Pat::Ident(one) => name(one),
        _ => false,
    }
}
