//! Lint FP401: citations outside the document.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Citations outside the document.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP401",
        "citation outside the document",
        "A citation names lines that the document does not have. The number of lines is known from the file of line hashes beside the spec.",
        "name lines that the document has",
    ),
    run,
};

use crate::diagnostic::Diagnostic;

fn run(lint: &Lint, context: &mut Context<'_>) {
    for citing in super::citing::all(context.tree) {
        let first = context.spec.documents.keys().next();
        let Some(document) = citing.cite.document.as_ref().or(first) else {
            continue;
        };
        let Some(lines) = context.lines.get(document) else {
            continue;
        };
        if citing.cite.last > *lines {
            context.found.push(
                Diagnostic::new(
                    lint.code,
                    format!("line {} is outside `{document}`", citing.cite.last),
                    citing.span,
                )
                .help(format!("the document has {lines} lines")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn a_cited_line_is_there() {
        fields(
            r#"
shelfId: { type: id, mode: read-only, at: 99999 }
                                          ^^^^^ FP401: line 99999 is outside `api`
                                          = the document has 40 lines
"#,
        );
    }
}
