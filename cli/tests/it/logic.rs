//! The decisions in a file: conditions, loops and matches, except lookup tables.

use std::fs;
use std::path::Path;

use syn::visit::{Visit, visit_expr, visit_item_fn};
use syn::{Expr, ItemFn, Stmt};

/// The conditions, loops and matches of a file, by keyword. A function that consists of a
/// single match is a lookup table and does not count.
pub(crate) fn decisions(file: &Path) -> Vec<&'static str> {
    let parsed = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
    let mut found = Found(Vec::new());
    found.visit_file(&parsed);
    found.0
}

struct Found(Vec<&'static str>);

impl<'f> Visit<'f> for Found {
    fn visit_item_fn(&mut self, one: &'f ItemFn) {
        match one.block.stmts.as_slice() {
            [Stmt::Expr(Expr::Match(table), None)] => {
                table.arms.iter().for_each(|arm| self.visit_arm(arm));
            }
            _ => visit_item_fn(self, one),
        }
    }

    fn visit_expr(&mut self, one: &'f Expr) {
        self.0.extend(match one {
            Expr::If(_) => Some("if"),
            Expr::Match(_) => Some("match"),
            Expr::While(_) => Some("while"),
            Expr::Loop(_) => Some("loop"),
            Expr::ForLoop(_) => Some("for"),
            _ => None,
        });
        visit_expr(self, one);
    }
}
