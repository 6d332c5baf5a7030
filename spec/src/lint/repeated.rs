//! Lint FP322: lists with duplicates, and empty lists.

use super::citing::is_data;
use super::context::{Context, Lint};
use crate::diagnostic::{Code, Diagnostic};
use crate::tree::{Kind, Node};

/// Lists with duplicates, and empty lists.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP322",
        "list that names one thing twice",
        "A list of fields, of children or of reserved texts names each of them once, and a list of fields names one at least.",
        "leave one of them out",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    walk(lint, context.tree, context.found);
}

fn walk(lint: &Lint, node: &Node, found: &mut Vec<Diagnostic>) {
    for entry in node.entries() {
        match (&entry.value.kind, entry.key.as_str()) {
            (Kind::List(items), "fields" | "cascade" | "reserved" | "or" | "into") => {
                if items.is_empty() && entry.key == "fields" {
                    let message = "the list names no field";
                    found.push(Diagnostic::new(lint.code, message, entry.key_span.clone()));
                }
                once(lint, items, found);
            }
            _ if is_data(&entry.key, &entry.value) => {}
            _ => walk(lint, &entry.value, found),
        }
    }
    if let Kind::List(items) = &node.kind {
        items.iter().for_each(|item| walk(lint, item, found));
    }
}

fn once(lint: &Lint, items: &[Node], found: &mut Vec<Diagnostic>) {
    for (at, item) in items.iter().enumerate() {
        let Kind::Text(text) = &item.kind else {
            continue;
        };
        if let Some(first) = items[..at].iter().find(|other| other.kind == item.kind) {
            let message = format!("`{text}` stands twice");
            let finding = Diagnostic::new(lint.code, message, item.span.clone());
            found.push(finding.also(first.span.clone(), "first here"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, fields};

    #[test]
    fn what_is_named_in_a_list_stands_there_once() {
        check(
            "resources.Shelf",
            r#"
delete: { cascade: [Book, Book] }
                          ^^^^ FP322: `Book` stands twice
                    ~~~~ first here

unique: [{ fields: [label, label], within: tenant }]
                           ^^^^^ FP322: `label` stands twice
                    ~~~~~ first here

unique: [{ fields: [], within: tenant }]
           ^^^^^^ FP305: two creates that leave the members out would share the combination
           = make one of them `required: true` or `nullable: true`
           ^^^^^^ FP322: the list names no field
"#,
        );
        check(
            "resources",
            r#"
Shelf:
  bound: { fields: [] }
           ^^^^^^ FP322: the list names no field
  create: (none)
  delete: (none)
Book:
  create: (none)
"#,
        );
        fields(
            r#"
tags: { type: [string], reserved: [a, a] }
                                      ^ FP322: `a` stands twice
                                   ~ first here
"#,
        );
    }
}
