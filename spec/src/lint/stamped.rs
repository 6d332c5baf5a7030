//! Lint FP324: identifiers and times of a wrong type.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::kind::kind;
use crate::model::{Type, field_type};
use crate::syntax::{Field, FieldType, Mode};

/// Identifiers and times of a wrong type.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP324",
        "id or time of another type",
        "The field that identifies a resource is of type id, and no other of its fields is; the fields of times are two of type date-time that only the server sets. The cells of a table are texts. Another type would be overwritten by what the server makes.",
        "name a field of the type that the server makes",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let is = |field: &Field, fits: fn(&Type) -> bool| {
        !matches!(field.ty, FieldType::List(_)) && field_type(spec, field).is_ok_and(|ty| fits(&ty))
    };
    for (name, resource) in &spec.resources {
        let id = |ty: &Type| *ty == Type::Id;
        for (field, own) in &resource.fields {
            let named = *field == resource.id.field;
            if named && !is(own, id) {
                let message =
                    format!("`{field}` is not of type `id`, and the server would overwrite it");
                let help = "write `{ type: id, mode: read-only }`; what clients choose themselves is another field";
                lint.report_with(context, &["resources", name, "id", "field"], message, help);
            } else if !named && is(own, id) && resource.fields.contains_key(&resource.id.field) {
                let message = format!("`{}` identifies a `{name}` already", resource.id.field);
                let help = "an identifier from elsewhere is of type `external-id`";
                lint.report_with(
                    context,
                    &["resources", name, "fields", field, "type"],
                    message,
                    help,
                );
            }
        }
        let Some(times) = &resource.times else {
            continue;
        };
        for (key, field) in [("created", &times.created), ("updated", &times.updated)] {
            let stamped = |own: &Field| {
                own.mode == Mode::ReadOnly
                    && !own.nullable
                    && own.default.is_none()
                    && own.fallback.is_empty()
                    && is(own, |ty| matches!(ty, Type::DateTime(_)))
            };
            if resource.fields.get(field).is_some_and(|own| !stamped(own)) {
                let message = format!("`{field}` is not a time that the server stamps");
                let help = "write `{ type: date-time, mode: read-only }`";
                lint.report_with(context, &["resources", name, "times", key], message, help);
            }
        }
        if times.created == times.updated {
            let message = "one field cannot hold both times";
            lint.report(context, &["resources", name, "times", "updated"], message);
        }
    }
    for (name, object) in &spec.objects {
        let shared = object.shared.as_ref();
        for (field, own) in &object.fields {
            if is(own, |ty| *ty == Type::Id) && shared.is_none_or(|shared| shared.id != *field) {
                let message = "only a resource and a shared object have an id of their own";
                let help = "an identifier from elsewhere is of type `external-id`";
                lint.report_with(
                    context,
                    &["objects", name, "fields", field, "type"],
                    message,
                    help,
                );
            }
        }
    }
    for (name, table) in &spec.tables {
        for (column, field) in &table.fields {
            // Cells are texts of any format.
            let other = |ty: &Type| !kind(ty).is_string();
            if is(field, other) || matches!(field.ty, FieldType::List(_)) {
                let path = ["tables", name, "fields", column, "type"];
                lint.report_with(
                    context,
                    &path,
                    "the cells of a table are texts",
                    "write `type: string`",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, fields};

    #[test]
    fn an_object_has_one_identifier() {
        fields(
            r#"
x: { type: id, mode: read-only }
           ^^ FP324: `shelfId` identifies a `Shelf` already
           = an identifier from elsewhere is of type `external-id`
"#,
        );
        check(
            "resources.Shelf",
            r#"
id: { field: label, kind: hex24 }
             ^^^^^ FP324: `label` is not of type `id`, and the server would overwrite it
             = write `{ type: id, mode: read-only }`; what clients choose themselves is another field
fields:
  shelfId: { type: id, mode: read-only, at: 3 }
                   ^^ FP324: `label` identifies a `Shelf` already
                   = an identifier from elsewhere is of type `external-id`
"#,
        );
        check(
            "",
            r#"
objects:
  Part: { fields: { x: { type: id, mode: read-only } } }
                               ^^ FP324: only a resource and a shared object have an id of their own
                               = an identifier from elsewhere is of type `external-id`
                               ^^ FP340: only resources have an id, `Part` is an object
                                         ^^^^^^^^^ FP340: nothing says what `x` is
                                         = add `nullable: true` or a `default`
resources:
  Shelf:
    fields:
      part: { type: Part }
"#,
        );
    }

    #[test]
    fn times_are_set_by_the_server() {
        check(
            "resources.Shelf",
            r#"
times: { created: label, updated: changedAt }
                  ^^^^^ FP324: `label` is not a time that the server stamps
                  = write `{ type: date-time, mode: read-only }`

times: { created: changedAt, updated: changedAt }
                                      ^^^^^^^^^ FP324: one field cannot hold both times

times: { created: madeAt, updated: changedAt }
                  ^^^^^^ FP324: `madeAt` is not a time that the server stamps
                  = write `{ type: date-time, mode: read-only }`
fields:
  madeAt: { type: date-time }
"#,
        );
    }

    #[test]
    fn a_key_of_a_table_is_a_text() {
        check(
            "",
            r#"
tables:
  Language:
    fields:
      code: { type: integer }
                    ^^^^^^^ FP324: the cells of a table are texts
                    = write `type: string`
resources:
  Shelf:
    fields:
      language: { type: Language.code, nullable: true }
"#,
        );
    }
}
