//! Lint FP311: labels that are missing or ambiguous.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Labels that are missing or ambiguous.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP311",
        "labels that name no field, or two",
        "Where one field of a resource has a `title`, the label that a guide or a form shows, every field has one and no two are the same: readers of the guide find each field by its label.",
        "give every field of the resource a `title` of its own",
    ),
    run,
};

use std::collections::BTreeMap;

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        if resource.fields.values().all(|field| field.title.is_none()) {
            continue;
        }
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (key, field) in &resource.fields {
            let at = ["resources", name, "fields", key, "title"];
            match field.title.as_deref() {
                None => {
                    let message = format!("`{key}` has no title, other fields have one");
                    lint.report(context, &at[..4], message);
                }
                Some(title) => {
                    if let Some(first) = seen.insert(title, key) {
                        let message = format!("`{first}` and `{key}` have the same title");
                        lint.report(context, &at, message);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn every_field_has_a_title_of_its_own_or_none_has() {
        check(
            "resources.Book.fields",
            r#"
bookId: { type: id, mode: read-only }
^^^^^^ FP311: `bookId` has no title, other fields have one
medium: { type: string, values: [mail, call], required: true, title: Medium }
contact: { type: { by: medium, of: { mail: email, call: phone } }, required: true, title: Medium }
                                                                                          ^^^^^^ FP311: `medium` and `contact` have the same title

bookId: { type: id, mode: read-only, title: Number }
medium: { type: string, values: [mail, call], required: true, title: Medium }
contact: { type: { by: medium, of: { mail: email, call: phone } }, required: true, title: Contact }
"#,
        );
    }
}
