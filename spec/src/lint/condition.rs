//! Lint FP314: impossible conditions between members.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Impossible conditions between members.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP314",
        "condition that cannot hold",
        "only-if and required-if stand on members of a nested object that may be null, and name a sibling with a closed list that always has a value, and one of its values. A secret is shown as whether there is one, so it is a single value that clients write. split names two texts of its object.",
        "name a sibling with `values` that always has one of them",
    ),
    run,
};

use crate::model::{Type, field_type};
use crate::syntax::{FieldType, Mode};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for place in context.fields() {
        let field = place.field;
        let conditions = [
            ("only-if", &field.only_if),
            ("required-if", &field.required_if),
        ];
        for (key, condition) in conditions {
            if condition.is_empty() {
                continue;
            }
            if place.group != "objects" || !field.nullable {
                let message = "conditions are for members of a nested object that may be null";
                lint.report(context, &place.path(key), message);
            }
            for (sibling, value) in condition {
                let there = place.siblings.get(sibling);
                let known = there.is_some_and(|one| {
                    !one.nullable
                        && matches!(field_type(spec, one), Ok(Type::Values(all)) if all.contains(value))
                });
                if !known {
                    let message = format!("`{sibling}` is not a closed list with `{value}`");
                    lint.report(context, &place.path(key), message);
                }
            }
        }
        let secret = matches!(field_type(spec, field), Ok(Type::Secret { .. }));
        let list = matches!(field.ty, FieldType::List(_));
        if secret && (list || field.mode != Mode::ReadWrite || field.default.is_some()) {
            let message = "a secret is one value that clients write, without a default";
            lint.report(context, &place.path("type"), message);
        }
        let Some(split) = &field.delimited else {
            continue;
        };
        let object = match field_type(spec, field) {
            Ok(Type::Object(name)) => spec.objects.get(&name),
            _ => None,
        };
        let known = |name: &String| object.is_some_and(|one| one.fields.contains_key(name));
        if split.into.len() != 2 || split.by.is_empty() || !split.into.iter().all(known) {
            let message = "`delimited` names what stands between, and two members of the object";
            lint.report(context, &place.path("delimited"), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, fields};

    #[test]
    fn a_secret_is_one_value_that_clients_write() {
        fields(
            r#"
x: { type: secret, default: x }
           ^^^^^^ FP314: a secret is one value that clients write, without a default
                            ^ FP305: the default of `x` stands on a type that has none
                            = leave it out

x: { type: secret, nullable: true }
"#,
        );
    }

    #[test]
    fn a_condition_is_on_a_closed_list_beside_it() {
        fields(
            r#"
x: { type: string, nullable: true, only-if: { material: oak } }
                                   ^^^^^^^ FP314: conditions are for members of a nested object that may be null
"#,
        );
    }

    #[test]
    fn a_text_is_split_into_two_members() {
        check(
            "",
            r#"
objects:
  Part: { fields: { code: { type: string }, more: { type: string } } }
resources:
  Shelf:
    fields:
      x: { type: Part, delimited: { by: ":", into: [code, most] } }
                       ^^^^^^^^^ FP314: `delimited` names what stands between, and two members of the object
      y: { type: Part, delimited: { by: ":", into: [code, more] } }
"#,
        );
    }
}
