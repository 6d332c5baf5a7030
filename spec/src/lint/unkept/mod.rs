//! Lint FP346: rows that no service could satisfy.

mod field;
mod resource;

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Rows that no service could satisfy.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP346",
        "row that no service could keep",
        "What a row says of requests has to be possible: a reserved text is one that could be sent otherwise; an email address has room for one; a lenient text takes some number; what is unique, alone or with others, is one value that clients write, and distinct names what is unique or the id; texts are joined to a text; children are made by a create of their parent. What each user sees of his own is loaded, and only read, with all that is below it. Combinations and members that exclude each other are of what requests write. A combination with the identifier is always unique, and what is required or has a default excludes the others for good; a condition on a sibling is for what can be nothing.",
        "leave the rule out, or change the one that stands against it",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    field::run(lint, context);
    shared(lint, context);
    resource::run(lint, context);
}

/// Reports required members of shared objects besides the key: an object that is named by
/// its key alone would lack them.
fn shared(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, object) in &spec.objects {
        let Some(shared) = &object.shared else {
            continue;
        };
        for (member, field) in &object.fields {
            if field.required && *member != shared.key {
                let path = ["objects", name, "fields", member, "required"];
                let message = format!("an object that is named by its `{}` lacks it", shared.key);
                lint.report_with(context, &path, message, "leave it out");
            }
        }
    }
}
