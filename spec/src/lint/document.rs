//! Lint FP205: citations of unknown documents.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Citations of unknown documents.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP205",
        "unknown document",
        "A citation names a document that the spec does not list under documents, or the spec cites lines and lists no document at all.",
        "list it below `documents`, with its file and SHA-256",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for citing in super::citing::all(context.tree) {
        let known = match &citing.cite.document {
            Some(name) => context.spec.documents.contains_key(name),
            None => !context.spec.documents.is_empty(),
        };
        if !known {
            let message = match &citing.cite.document {
                Some(name) => format!("no document is called `{name}`"),
                None => "the spec lists no document".to_owned(),
            };
            context.found.push(crate::diagnostic::Diagnostic::new(
                lint.code,
                message,
                citing.span,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn a_document_is_listed() {
        fields(
            r#"
shelfId: { type: id, mode: read-only, at: "guide:3" }
                                          ^^^^^^^^^^ FP205: no document is called `guide`

shelfId: { type: id, mode: read-only, at: "api:3" }
"#,
        );
    }
}
