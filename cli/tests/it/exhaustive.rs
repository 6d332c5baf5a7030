//! Matches over what the spec language can say more of one day: the compiler has to name
//! each of them when it does.

use std::fs;
use std::path::Path;

use syn::visit::{Visit, visit_expr_match};
use syn::{Arm, ExprMatch, Pat};

/// Enums that grow: a new variant has to be decided wherever they are told apart.
const GROWING: &[&str] = &["Type", "Op", "PageStyle", "IdKind"];

/// Those of which no one is asked for alone.
const TOLD_APART: &[&str] = &["Op", "PageStyle", "IdKind"];

/// The places of matches over a growing enum that have an arm for everything else.
pub(crate) fn open_matches(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("a source file");
    let parsed = syn::parse_file(&text).expect("Rust");
    let mut found = Open(Vec::new());
    found.visit_file(&parsed);
    let place = |arms: usize| format!("{}, a match of {arms} arms", file.display());
    found.0.into_iter().map(place).collect()
}

struct Open(Vec<usize>);

impl<'ast> Visit<'ast> for Open {
    fn visit_expr_match(&mut self, one: &'ast ExprMatch) {
        let over = one.arms.iter().any(|arm| names(&arm.pat));
        // Two arms over types ask whether a value is of one of them.
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

/// Whether it names one that is no type of field.
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

/// Whether an arm takes whatever no other one does.
fn is_rest(arm: &Arm) -> bool {
    let name = |one: &syn::PatIdent| one.subpat.is_none();
    // One with a guard is another pattern, which takes only some.
    match &arm.pat {
        Pat::Wild(_) => true,
        Pat::Ident(one) => name(one),
        _ => false,
    }
}
