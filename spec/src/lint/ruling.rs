//! Lint FP204: unknown rulings.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Unknown rulings.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP204",
        "unknown ruling",
        "A row names a ruling that neither the spec nor its shared file of conventions has.",
        "add the ruling below `rulings`, or name another",
    ),
    run,
};

use crate::diagnostic::{Diagnostic, nearest};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for (ruling, span) in super::unused_ruling::named(context.tree) {
        let known = || {
            context
                .spec
                .rulings
                .keys()
                .chain(context.conventions.keys())
                .map(String::as_str)
        };
        if known().any(|id| id == ruling) {
            continue;
        }
        let finding = Diagnostic::new(lint.code, format!("no ruling is called `{ruling}`"), span);
        let finding = match nearest(&ruling, known()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        };
        context.found.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn a_ruling_is_known() {
        fields(
            r#"
label: { type: string, max: 60, required: true, ruling: [R01, R02] }
                                                              ^^^ FP204: no ruling is called `R02`
                                                              = did you mean `R01`?
"#,
        );
    }
}
