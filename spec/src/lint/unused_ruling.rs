//! Lint FP404: rulings without effect.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Rulings without effect.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP404",
        "ruling without effect",
        "A ruling is named by no row and lists no obligation under checks, so nothing shows that it holds. A ruling that waits for later work says so with due.",
        "name it at a row with `ruling`, or list `checks`",
    ),
    run,
};

use super::citing::is_data;
use crate::tree::{Kind, Node, Span};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let named = named(context.tree);
    for (id, ruling) in &context.spec.rulings {
        let used = named.iter().any(|(name, _)| name == id);
        if !used && ruling.checks.is_empty() && ruling.due.is_none() {
            let message = format!("nothing refers to the ruling `{id}`");
            let help = "name it at a row with `ruling:`, or list `checks:`";
            lint.report_with(context, &["rulings", id], message, help);
        }
    }
}

/// All names under a key `ruling`, with their spans.
pub(super) fn named(node: &Node) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    walk(node, &mut found);
    found
}

fn walk(node: &Node, found: &mut Vec<(String, Span)>) {
    for entry in node.entries() {
        match entry.key.as_str() {
            "ruling" => names(&entry.value, found),
            key if is_data(key, &entry.value) => {}
            _ => walk(&entry.value, found),
        }
    }
    if let Kind::List(items) = &node.kind {
        items.iter().for_each(|item| walk(item, found));
    }
}

fn names(node: &Node, found: &mut Vec<(String, Span)>) {
    match &node.kind {
        Kind::Text(name) => found.push((name.clone(), node.span.clone())),
        Kind::List(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_ruling_is_of_a_row() {
        check(
            "",
            r#"
resources:
  Shelf:
    fields:
      label: { type: string, max: 60, required: true, at: [4, 5-6] }
rulings:
  R01: { title: A question, documented: { 4: one thing }, chosen: another, why: because }
  ^^^ FP404: nothing refers to the ruling `R01`
  = name it at a row with `ruling:`, or list `checks:`
"#,
        );
    }
}
