//! Lint FP308: sort keys without an order.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Sort keys without an order.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP308",
        "sort key without an order",
        "A list can be sorted by single values only: texts, numbers, booleans, times and ids. The default key is one of the keys.",
        "name fields that have an order, each once, and one of them as `default`",
    ),
    run,
};

use crate::kind::kind;
use crate::model::field_type;
use crate::syntax::{FieldType, Mode};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        let Some(sort) = resource.list.as_ref().and_then(|list| list.sort.as_ref()) else {
            continue;
        };
        for (index, key) in sort.keys.iter().enumerate() {
            let Some(field) = resource.fields.get(key) else {
                continue;
            };
            let ordered = match field_type(spec, field) {
                Ok(ty) if !kind(&ty).is_compared() => false,
                _ if field.scope.is_some() || field.mode == Mode::WriteOnly => false,
                _ => !matches!(field.ty, FieldType::List(_)),
            };
            let index = index.to_string();
            let path = ["resources", name, "list", "sort", "keys", &index];
            if !ordered {
                lint.report(context, &path, format!("`{key}` has no order"));
            }
            if sort.keys.iter().filter(|other| *other == key).count() > 1 {
                lint.report(context, &path, format!("`{key}` stands twice"));
            }
        }
        if !sort.keys.contains(&sort.default) {
            let path = ["resources", name, "list", "sort", "default"];
            lint.report(
                context,
                &path,
                format!("`{}` is not one of the keys", sort.default),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_is_sorted_by_has_an_order() {
        check(
            "resources.Shelf.list",
            r#"
sort: { by: order, order: way, keys: [madeAt, books], default: madeAt }
                                              ^^^^^ FP308: `books` has no order

sort: { by: order, order: way, keys: [madeAt, tags], default: madeAt }
                                              ^^^^ FP308: `tags` has no order

sort: { by: order, order: way, keys: [madeAt, label, books], default: madeAt }
                                                     ^^^^^ FP308: `books` has no order
"#,
        );
    }
}
