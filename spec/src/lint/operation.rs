//! Lint FP206: examples and commands that fit no operation.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::model::Operation;

/// Examples and commands that fit no operation.
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
        let there = |operation: &Operation| {
            let resource = spec.resources.get(resource);
            resource.is_some_and(|resource| match operation {
                Operation::List => resource.list.is_some(),
                Operation::Get => resource.get.is_some(),
                Operation::Create => resource.create.is_some(),
                Operation::Update => resource.update.is_some(),
                Operation::Append => resource.append.is_some(),
                Operation::Delete => resource.delete.is_some(),
            })
        };
        let index = index.to_string();
        let Some(operation) = Operation::named(operation).filter(there) else {
            let message = format!("no operation is called `{}`", command.operation);
            lint.report(context, &["commands", &index, "operation"], message);
            continue;
        };
        let takes = match operation {
            Operation::Create | Operation::Update | Operation::Append => true,
            Operation::List | Operation::Get | Operation::Delete => false,
        };
        if command.body.is_some() != takes {
            lint.report(
                context,
                &["commands", &index, "operation"],
                "the body does not fit the operation",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn an_example_is_of_a_resource() {
        check(
            "",
            r#"
examples:
  - { of: Shelv, printed: 7-9, value: { label: x } }
          ^^^^^ FP206: no resource is called `Shelv`
"#,
        );
    }
}
