//! Lint FP313: objects that cannot be shared, and lists that cannot be appended to.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Objects that cannot be shared, and lists that cannot be appended to.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP313",
        "objects that cannot be shared",
        "A shared object has a read-only id and a required text as its key, and stands only in lists of one resource that clients write. An append takes lists of its resource, by a method that no update has.",
        "name the list of one resource, which clients write",
    ),
    run,
};

use crate::model::{Type, field_type};
use crate::syntax::{FieldType, Mode, On};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, object) in &spec.objects {
        let Some(shared) = &object.shared else {
            continue;
        };
        let ty = |field: &str| field_type(spec, object.fields.get(field)?).ok();
        let path = ["objects", name, "shared"];
        if ty(&shared.id) != Some(Type::Id) {
            let message = format!("`{}` is not a member of type `id`", shared.id);
            lint.report(context, &[path[0], path[1], path[2], "id"], message);
        }
        let required = object
            .fields
            .get(&shared.key)
            .is_some_and(|field| field.required);
        if !matches!(ty(&shared.key), Some(Type::Text { .. })) || !required {
            let message = format!("`{}` is not a required text", shared.key);
            lint.report(context, &[path[0], path[1], path[2], "key"], message);
        }
        let mut owner = None;
        for place in context.fields() {
            if field_type(spec, place.field) != Ok(Type::Shared(name.clone())) {
                continue;
            }
            let written = place.field.mode == Mode::ReadWrite && place.field.on == On::Write;
            let list = matches!(place.field.ty, FieldType::List(_));
            let mine = *owner.get_or_insert((place.owner, place.name)) == (place.owner, place.name);
            if place.group != "resources" || !list || !written || !mine {
                let message =
                    format!("`{name}` stands in one list of one resource, which clients write");
                lint.report(context, &place.path("type"), message);
            }
        }
    }
    for (name, resource) in &spec.resources {
        let Some(append) = &resource.append else {
            continue;
        };
        for (part, field) in append.fields.iter().enumerate() {
            let list = resource.fields.get(field).is_none_or(|field| {
                matches!(field.ty, FieldType::List(_)) && field.mode == Mode::ReadWrite
            });
            if !list {
                let part = part.to_string();
                let message = format!("`{field}` is not a list that clients write");
                lint.report(
                    context,
                    &["resources", name, "append", "fields", &part],
                    message,
                );
            }
        }
        let taken = resource
            .update
            .as_ref()
            .is_some_and(|update| update.verb == append.verb || update.also.contains(&append.verb));
        if taken {
            lint.report(
                context,
                &["resources", name, "append"],
                "an update has this method",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_is_appended_is_a_list_that_clients_write() {
        check(
            "resources.Shelf",
            r#"
append: { fields: [label] }
                   ^^^^^ FP313: `label` is not a list that clients write

append: { fields: [tags] }

append: { fields: [tags] }
^^^^^^ FP313: an update has this method
update: { also: [PATCH] }
"#,
        );
    }

    #[test]
    fn a_shared_object_has_an_id_and_a_key() {
        check(
            "",
            r#"
objects:
  Tag:
    shared: { id: label, key: label }
                  ^^^^^ FP313: `label` is not a member of type `id`
                              ^^^^^ FP313: `label` is not a required text
    fields:
      tagId: { type: id, mode: read-only }
                     ^^ FP324: only a resource and a shared object have an id of their own
                     = an identifier from elsewhere is of type `external-id`
                     ^^ FP340: only resources have an id, `Tag` is an object
                               ^^^^^^^^^ FP340: nobody can tell which `tagId` is kept
                               = keep it in an object of its own, which stands in no choice and not inside itself
                               ^^^^^^^^^ FP340: nothing says what `tagId` is
                               = add `nullable: true` or a `default`
      label: { type: string }
resources:
  Shelf:
    fields:
      labels: { type: [Tag] }
      more: { type: [Tag] }
              ^^^^ FP313: `Tag` stands in one list of one resource, which clients write

objects:
  Tag:
    shared: { id: tagId, key: label }
    fields:
      tagId: { type: id, mode: read-only }
      label: { type: string, required: true }
resources:
  Shelf:
    fields:
      labels: { type: [Tag] }
"#,
        );
    }
}
