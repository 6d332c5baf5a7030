//! Lint FP303: derived fields that are writable.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Derived fields that are writable.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP303",
        "derived and writable",
        "A derived field is computed by the server, so it cannot be required, have a default or a fallback, be unique, or be written on one operation only. What a key finds that may be null is nullable. Its parts must be texts (join) or a key of its own table (lookup), and no derived field can be a part of another.",
        "leave out what a computed field cannot have, or compute it from other fields",
    ),
    run,
};

use crate::model::{Type, field_type};
use crate::syntax::{Derive, Mode, On};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        let Some(derive) = &place.field.derive else {
            continue;
        };
        let field = place.field;
        let writable = field.required
            || field.default.is_some()
            || !field.fallback.is_empty()
            || field.unique.is_some()
            || field.on != On::Write
            || matches!(field.mode, Mode::Immutable | Mode::WriteOnly);
        if writable {
            let message = format!("`{}` is derived and cannot be written", place.name);
            let help = "leave out `required`, `default`, `fallback`, `unique`, `on` and `mode`";
            lint.report_with(context, &place.path("derive"), message, help);
        }
        let part = |name: &String| {
            let field = place.siblings.get(name)?;
            Some((field, field_type(context.spec, field).ok()?))
        };
        let message = match derive {
            Derive::Join { join: parts } => parts.iter().find_map(|name| {
                let (part, ty) = part(name)?;
                let text = matches!(ty, Type::Text { .. } | Type::Values(_) | Type::Email { .. });
                (part.derive.is_some() || !text)
                    .then(|| format!("`{name}` cannot be joined: it is not a plain text"))
            }),
            Derive::Lookup { lookup: key } => match (field_type(context.spec, field), part(key)) {
                (Ok(Type::TableRow(table)), Some((own, Type::Key { table: of, .. })))
                    if table == of =>
                {
                    let always =
                        own.required || own.default.as_ref().is_some_and(|one| !one.is_null());
                    let open = own.nullable || !always;
                    (open && !field.nullable).then(|| {
                        format!("where `{key}` is `null` there is no row, and this is never `null`")
                    })
                }
                (Ok(Type::TableRow(table)), Some(_)) => {
                    Some(format!("`{key}` is not a key of the table `{table}`"))
                }
                (Ok(_), _) => Some(format!("the type of `{}` is not a table", place.name)),
                (Err(_), _) => None,
            },
        };
        if let Some(message) = message {
            lint.report(context, &place.path("derive"), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn what_is_derived_is_not_written() {
        fields(
            r#"
full: { type: string, required: true, derive: { join: [label, material] } }
                                      ^^^^^^ FP303: `full` is derived and cannot be written
                                      = leave out `required`, `default`, `fallback`, `unique`, `on` and `mode`
"#,
        );
    }

    #[test]
    fn what_a_key_finds_is_nothing_without_it() {
        fields(
            r#"
tongue: { type: Language, derive: { lookup: language } }
                          ^^^^^^ FP303: where `language` is `null` there is no row, and this is never `null`
"#,
        );
    }
}
