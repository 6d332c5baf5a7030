//! Lint FP347: objects and tables that nothing uses.

use std::collections::BTreeSet;

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::syntax::{Field, FieldType, Spec};

/// Objects and tables that nothing uses.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP347",
        "row that nothing uses",
        "An object is the type of a field of a resource, or of an object that is. A table is as well, or one of its columns is, or clients read it at a path. Of another no service shows anything, so nothing could prove its rows.",
        "name it as the type of a field, or leave it out",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let used = used(spec);
    for name in spec
        .objects
        .keys()
        .filter(|name| !used.contains(name.as_str()))
    {
        let message = format!("no field of a resource holds a `{name}`");
        lint.report(context, &["objects", name], message);
    }
    for (name, table) in spec.tables.iter().filter(|(_, table)| table.path.is_none()) {
        let whole = used.contains(name.as_str());
        let named = |column: &&String| used.contains(format!("{name}.{column}").as_str());
        if !whole && !table.fields.keys().any(|column| named(&column)) {
            let message = format!("no field of a resource is of the table `{name}`");
            lint.report(context, &["tables", name], message);
        } else if !whole {
            for column in table.fields.keys().filter(|column| !named(column)) {
                let message = format!("no field of a resource shows `{column}`");
                lint.report(context, &["tables", name, "fields", column], message);
            }
        }
    }
}

/// The names of all types of fields in resources, at any depth.
fn used(spec: &Spec) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    let resources = spec.resources.values();
    let mut open: Vec<&Field> = resources.flat_map(|one| one.fields.values()).collect();
    while let Some(field) = open.pop() {
        for name in names(field) {
            if used.insert(name) {
                let object = spec.objects.get(name).into_iter();
                open.extend(object.flat_map(|one| one.fields.values()));
            }
        }
    }
    used
}

/// The types that a field names.
fn names(field: &Field) -> Vec<&str> {
    let names = match &field.ty {
        FieldType::Name(name) => vec![name],
        FieldType::List(names) => names.iter().collect(),
        FieldType::Choice(choice) => choice.of.values().collect(),
    };
    names.into_iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_is_written_is_used() {
        check(
            "",
            r#"
objects:
  Part: { fields: { inner: { type: Inner, nullable: true } } }
  ^^^^ FP347: no field of a resource holds a `Part`
  Inner: { fields: { x: { type: boolean } } }
  ^^^^^ FP347: no field of a resource holds a `Inner`

objects:
  Part: { fields: { inner: { type: Inner, nullable: true } } }
  Inner: { fields: { x: { type: boolean } } }
resources:
  Shelf:
    fields:
      x: { type: [Part] }
"#,
        );
    }

    #[test]
    fn a_table_is_shown_by_a_field() {
        check(
            "",
            r#"
tables:
  Language:
    fields:
      label: { type: string }
      ^^^^^ FP347: no field of a resource shows `label`
resources:
  Shelf:
    fields:
      tongue: (none)
"#,
        );
    }
}
