//! Lint FP402: citations of whole sections.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Citations of whole sections.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP402",
        "citation of a section",
        "A citation counts as coverage only when it is of a single row: at most six lines. A longer range would mark a section as proven that nobody transcribed.",
        "split the row, or cite the lines that state it",
    ),
    run,
};

use crate::diagnostic::Diagnostic;

/// The maximum number of lines in a citation.
const MOST: u32 = 6;

fn run(lint: &Lint, context: &mut Context<'_>) {
    for citing in super::citing::all(context.tree) {
        let lines = citing.cite.last - citing.cite.first + 1;
        if !citing.printed && lines > MOST {
            context.found.push(
                Diagnostic::new(
                    lint.code,
                    format!("{lines} lines are more than a row"),
                    citing.span,
                )
                .help(format!(
                    "cite at most {MOST} lines; list the rows one by one"
                )),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn a_citation_is_of_a_row() {
        fields(
            r#"
shelfId: { type: id, mode: read-only, at: 11-28 }
                                          ^^^^^ FP402: 18 lines are more than a row
                                          = cite at most 6 lines; list the rows one by one

shelfId: { type: id, mode: read-only, at: 11-16 }
"#,
        );
    }
}
