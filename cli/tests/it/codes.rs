//! The codes of problems, which the runtime and the judge each list for themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fieldproof_conformance::code::PROBLEMS;
use syn::{Expr, Item, Lit};

#[test]
fn the_judge_knows_every_problem_that_a_server_has() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/problem/kind.rs");
    let file = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
    let kinds = file.items.into_iter().find_map(|item| match item {
        Item::Const(one) if one.ident == "KINDS" => Some(*one.expr),
        _ => None,
    });
    let Some(Expr::Reference(kinds)) = kinds else {
        panic!("the list has another form")
    };
    let Expr::Array(kinds) = *kinds.expr else {
        panic!("the list has another form")
    };
    let served: BTreeSet<(String, Option<u16>)> = kinds.elems.iter().map(kind).collect();
    let judged = PROBLEMS.iter().map(|one| (one.name.to_owned(), one.status));
    assert_eq!(served, judged.collect());
}

/// The code and the status of a `kind(CODE, STATUS, …)`.
fn kind(call: &Expr) -> (String, Option<u16>) {
    let Expr::Call(call) = call else {
        panic!("a kind has another form")
    };
    let literals: Vec<&Lit> = call
        .args
        .iter()
        .filter_map(|one| match one {
            Expr::Lit(literal) => Some(&literal.lit),
            _ => None,
        })
        .collect();
    match literals[..] {
        [Lit::Str(code), Lit::Int(status), ..] => {
            (code.value(), Some(status.base10_parse().unwrap()))
        }
        _ => panic!("a kind has another form"),
    }
}
