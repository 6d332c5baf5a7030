//! Lint FP310: exclusive fields that always have a value.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Exclusive fields that always have a value.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP310",
        "fields that cannot exclude each other",
        "Exclusive fields are two or more that can be nothing: nullable ones, lists, or one header as field.Name. One that always has a value would forbid the others for good.",
        "name two or more fields that can be nothing",
    ),
    run,
};

use crate::model::{Type, field_type};
use crate::syntax::FieldType;

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        for (index, exclusive) in resource.exclusive.iter().enumerate() {
            let index = index.to_string();
            let path = ["resources", name, "exclusive", &index, "fields"];
            if exclusive.fields.len() < 2 {
                lint.report(context, &path, "one field alone excludes nothing");
            }
            for field in &exclusive.fields {
                if let Some((map, _)) = field.split_once('.') {
                    let headers = resource
                        .fields
                        .get(map)
                        .is_some_and(|one| field_type(spec, one) == Ok(Type::Headers));
                    if !headers {
                        let message = format!("`{map}` is not a field of type `headers`");
                        lint.report(context, &path, message);
                    }
                    continue;
                }
                let always = resource.fields.get(field).is_some_and(|field| {
                    !field.nullable && !matches!(field.ty, FieldType::List(_))
                });
                if always {
                    let message = format!("`{field}` always has a value");
                    lint.report(context, &path, message);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn fields_that_exclude_each_other_can_be_nothing() {
        check(
            "resources.Shelf",
            r#"
exclusive: [{ fields: [label, tags] }]
              ^^^^^^ FP310: `label` always has a value
              ^^^^^^ FP346: `label` has a value where it is not sent, or has to be sent
              = leave out `required`, `default` and `fallback`

exclusive: [{ fields: [tags] }]
              ^^^^^^ FP310: one field alone excludes nothing

exclusive: [{ fields: [tags, language.X-Y] }]
              ^^^^^^ FP310: `language` is not a field of type `headers`

exclusive: [{ fields: [language, tags] }]
"#,
        );
    }
}
