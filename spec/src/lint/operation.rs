//! example or command that fits nothing.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// example or command that fits nothing.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP206",
        "example or command that fits nothing",
        "A printed object names a resource, a printed request names an operation as Resource.operation, and both exist; a printed request has a body exactly when its operation takes one.",
        "name a resource and an operation that the spec has",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (index, example) in spec.examples.iter().enumerate() {
        if !spec.resources.contains_key(&example.of) {
            let message = format!("no resource is called `{}`", example.of);
            lint.report(context, &["examples", &index.to_string(), "of"], message);
        }
    }
    for (index, command) in spec.commands.iter().enumerate() {
        let (resource, operation) = command
            .operation
            .split_once('.')
            .unwrap_or((&command.operation, ""));
        let known = spec
            .resources
            .get(resource)
            .is_some_and(|resource| match operation {
                "list" => resource.list.is_some(),
                "get" => resource.get.is_some(),
                "create" => resource.create.is_some(),
                "update" => resource.update.is_some(),
                "append" => resource.append.is_some(),
                "delete" => resource.delete.is_some(),
                _ => false,
            });
        let index = index.to_string();
        if !known {
            let message = format!("no operation is called `{}`", command.operation);
            lint.report(context, &["commands", &index, "operation"], message);
        } else if command.body.is_some() != matches!(operation, "create" | "update" | "append") {
            lint.report(
                context,
                &["commands", &index, "operation"],
                "the body does not fit the operation",
            );
        }
    }
}
