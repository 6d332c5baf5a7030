//! Lint FP403: lines that are both ignored and cited.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Lines that are both ignored and cited.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP403",
        "ignored and cited",
        "A line is left out on purpose and cited by a row at the same time. One of the two is wrong.",
        "leave the line out of `ignored`, or out of the row",
    ),
    run,
};

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::tree::find;

fn run(lint: &Lint, context: &mut Context<'_>) {
    let first = context
        .spec
        .documents
        .keys()
        .next()
        .cloned()
        .unwrap_or_default();
    let key = |document: &Option<String>| document.clone().unwrap_or_else(|| first.clone());
    let ignored = super::citing::all(find(context.tree, &["ignored"]));
    let ignored: BTreeSet<(String, u32)> = ignored
        .iter()
        .flat_map(|c| (c.cite.first..=c.cite.last).map(|line| (key(&c.cite.document), line)))
        .collect();
    let section = find(context.tree, &["ignored"]).span.clone();
    for citing in super::citing::all(context.tree) {
        if citing.printed || section.contains(&citing.span.start) {
            continue;
        }
        let lines = citing.cite.first..=citing.cite.last;
        for line in lines.filter(|line| ignored.contains(&(key(&citing.cite.document), *line))) {
            let message = format!("line {line} is cited here and ignored below");
            context
                .found
                .push(Diagnostic::new(lint.code, message, citing.span.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn what_is_cited_is_not_ignored() {
        fields(
            r#"
shelfId: { type: id, mode: read-only, at: 10 }
                                          ^^ FP403: line 10 is cited here and ignored below

shelfId: { type: id, mode: read-only, at: 8-11 }
                                          ^^^^ FP403: line 10 is cited here and ignored below
"#,
        );
    }
}
