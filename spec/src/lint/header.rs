//! header out of range.

use super::{Context, Lint};
use crate::diagnostic::Code;

/// header out of range.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP105",
        "header out of range",
        "The key fieldproof is the version of the language, now 1. The key api names tables, modules and paths: lower-case letters, digits and _, beginning with a letter. A base begins with a slash or is empty.",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    if spec.fieldproof != 1 {
        let message = format!("version {} of the language is not known", spec.fieldproof);
        lint.report_with(
            context,
            &["fieldproof"],
            message,
            "this Fieldproof reads version 1",
        );
    }
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !spec.api.starts_with(|c: char| c.is_ascii_lowercase()) || !spec.api.chars().all(name) {
        let message = format!("`{}` cannot name an API", spec.api);
        lint.report_with(
            context,
            &["api"],
            message,
            "use lower-case letters, digits and `_`",
        );
    }
    if !spec.base.is_empty() && !spec.base.starts_with('/') {
        lint.report(context, &["base"], "a base begins with `/`");
    }
    if spec.resources.is_empty() {
        lint.report(
            context,
            &["resources"],
            "a spec serves at least one resource",
        );
    }
    for name in spec
        .resources
        .keys()
        .chain(spec.objects.keys())
        .chain(spec.tables.keys())
    {
        let plain = |c: char| c.is_ascii_alphanumeric();
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) || !name.chars().all(plain) {
            let group = ["resources", "objects", "tables"];
            let group = group
                .into_iter()
                .find(|g| crate::tree::find(context.tree, &[g]).get(name).is_some());
            let message = format!("`{name}` cannot name a type");
            let help = "begin with an upper-case letter, then letters and digits";
            lint.report_with(context, &[group.unwrap_or_default(), name], message, help);
        }
    }
}
