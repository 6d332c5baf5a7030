//! Lint FP202: unknown types.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Unknown types.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP202",
        "unknown type",
        "A field's type is neither built in nor a resource, object or table of the spec, nor a column of a table written as Table.column.",
        "name a built-in type, or define the object, resource or table",
    ),
    run,
};

use crate::diagnostic::nearest;
use crate::model::{field_type, type_names};
use crate::syntax::shape::word::retyped;
use crate::syntax::{FieldType, Spec};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        if let Err(message) = field_type(context.spec, place.field) {
            let written = match &place.field.ty {
                FieldType::Name(name) => name.as_str(),
                FieldType::List(names) => names.first().map_or("", String::as_str),
                FieldType::Choice(choice) => {
                    let known = |name: &&String| type_names(context.spec).any(|one| one == *name);
                    let mut strange = choice.of.values().filter(|name| !known(name));
                    strange.next().map_or("", String::as_str)
                }
            };
            match help(context.spec, written) {
                Some(help) => lint.report_with(context, &place.path("type"), message, help),
                None => lint.report(context, &place.path("type"), message),
            }
        }
    }
}

/// The advice for an unknown type.
fn help(spec: &Spec, written: &str) -> Option<String> {
    if let Some((table, column)) = written.split_once('.') {
        if let Some(found) = spec.tables.get(table) {
            let near = nearest(column, found.fields.keys().map(String::as_str));
            return near.map(|near| format!("did you mean `{table}.{near}`?"));
        }
        if spec.resources.contains_key(table) {
            return Some(format!(
                "only tables have columns: an id of a `{table}` is of type `external-id`, and what lives below it has `parent: {{ resource: {table} }}` and its name in braces in its path"
            ));
        }
        if spec.objects.contains_key(table) {
            return Some(format!(
                "only tables have columns: write the type that `{column}` has in `{table}`"
            ));
        }
        let near = nearest(table, spec.tables.keys().map(String::as_str));
        let elsewhere =
            "only tables have columns: an identifier from elsewhere is of type `external-id`";
        return Some(near.map_or(elsewhere.to_owned(), |near| {
            format!("did you mean `{near}.{column}`?")
        }));
    }
    if let Some(write) = retyped(written) {
        return Some(format!("here it is {write}"));
    }
    nearest(written, type_names(spec)).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, fields};

    #[test]
    fn a_type_has_a_name() {
        fields(
            r#"
odd: { type: text }
             ^^^^ FP202: no type is called `text`
             = here it is `string`
more: { type: Langage }
              ^^^^^^^ FP202: no type is called `Langage`
              = did you mean `Language`?
"#,
        );
    }

    #[test]
    fn a_row_of_the_deployment_is_a_whole_one() {
        check(
            "",
            r#"
tables:
  Language:
    path: /languages
resources:
  Shelf:
    fields:
      language: { type: Language.code, nullable: true }
                        ^^^^^^^^^^^^^ FP202: the deployment brings the rows of `Language`: a field of it is of type `Language`
                        = did you mean `Language.code`?
      tongue: { type: Language, nullable: true, derive: { lookup: language } }
                                                ^^^^^^ FP303: the type of `tongue` is not a table
"#,
        );
    }
}
