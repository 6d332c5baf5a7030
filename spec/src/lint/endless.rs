//! Lint FP319: objects that contain themselves without end.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::model::nesting::{DEEPEST, LARGEST, ending, size};

/// Objects that contain themselves without end.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP319",
        "object without an end",
        "An object that holds another one of its kind, directly or inside others, has to be able to stop: the member is nullable or a list. One that always has a value would hold another for ever. Objects that always have a value nest at most 32 deep and have at most 10000 members together.",
        "add `nullable: true`, or make it a list",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let ending = ending(spec);
    for place in context.fields() {
        let endless = size(place.field, spec, &ending).is_none();
        let within = place.group == "objects" && !ending.contains_key(place.owner);
        if endless && within {
            let message = format!(
                "a value of `{}` would hold others for ever, more than {DEEPEST} deep, or with more than {LARGEST} members",
                place.owner
            );
            let help = "add `nullable: true`, or make it a list";
            lint.report_with(context, &place.path("type"), message, help);
        }
    }
    for (name, object) in &spec.objects {
        let own = object.fields.values();
        let large = !ending.contains_key(name.as_str())
            && own
                .clone()
                .all(|field| size(field, spec, &ending).is_some());
        if large {
            let message = format!("`{name}` has more than {LARGEST} members that are always there");
            let help = "make objects inside it nullable";
            lint.report_with(context, &["objects", name], message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_value_has_an_end() {
        check(
            "",
            r#"
objects:
  Node: { fields: { child: { type: Node } } }
                                   ^^^^ FP319: a value of `Node` would hold others for ever, more than 32 deep, or with more than 10000 members
                                   = add `nullable: true`, or make it a list
resources:
  Shelf:
    fields:
      x: { type: Node, nullable: true }

objects:
  A: { fields: { b: { type: B, required: true } } }
                            ^ FP319: a value of `A` would hold others for ever, more than 32 deep, or with more than 10000 members
                            = add `nullable: true`, or make it a list
  B: { fields: { a: { type: { by: k, of: { x: A, y: B } } }, k: { type: string, values: [x, y] } } }
                      ^^^^ FP319: a value of `B` would hold others for ever, more than 32 deep, or with more than 10000 members
                      = add `nullable: true`, or make it a list
resources:
  Shelf:
    fields:
      x: { type: A, nullable: true }
"#,
        );
    }

    #[test]
    fn objects_may_hold_their_kind_where_that_ends() {
        check(
            "",
            r#"
objects:
  Node: { fields: { child: { type: Node, nullable: true }, more: { type: [Node] } } }
resources:
  Shelf:
    fields:
      tree: { type: Node }
      trees: { type: [Node] }
"#,
        );
    }
}
