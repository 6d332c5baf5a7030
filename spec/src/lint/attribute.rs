//! Lint FP306: keys that do not apply to the type of their field.

use super::context::{Context, Lint, Place};
use crate::diagnostic::Code;

/// Keys that do not apply to the type of their field.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP306",
        "attribute that does not apply",
        "An attribute stands on a field whose type cannot use it: max and min are for texts and numbers, reserved for texts and headers, max-items, lone and set for lists, lenient for booleans, integers and texts, blank for texts and lists of them, form for date-times, folded for closed lists, split for objects, values and unique for texts. A row of a table or a list of children is never written directly.",
        "leave the key out, or give the field the type that it is for",
    ),
    run,
};

use crate::kind::{Key, kind};
use crate::model::{Type, field_type};
use crate::syntax::{Blank, Field, FieldType, Mode};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        let Ok(ty) = field_type(context.spec, place.field) else {
            continue;
        };
        for (key, given, applies) in abilities(place.field, &ty) {
            if given && !applies {
                let message = format!("`{key}` does not apply to the type of `{}`", place.name);
                lint.report(context, &place.path(key), message);
            }
        }
        for (key, message) in needs(&place, &ty) {
            lint.report(context, &place.path(key), message);
        }
    }
}

/// Keys, each with whether it is set and whether the type can use it.
fn abilities(field: &Field, ty: &Type) -> [(&'static str, bool, bool); 14] {
    let list = matches!(field.ty, FieldType::List(_));
    let kind = kind(ty);
    let single = !list && kind.is_compared();
    [
        ("max", field.max.is_some(), kind.takes(Key::Max)),
        ("min", field.min.is_some(), kind.takes(Key::Min)),
        ("max-items", field.max_items.is_some(), list),
        ("form", field.form.is_some(), kind.takes(Key::Form)),
        ("values", !field.values.is_empty(), kind.takes(Key::Values)),
        ("pattern", field.pattern.is_some(), kind.takes(Key::Pattern)),
        ("unique", field.unique.is_some(), single),
        (
            "reserved",
            !field.reserved.is_empty(),
            kind.takes(Key::Reserved),
        ),
        ("folded", field.folded, kind.takes(Key::Folded)),
        (
            "delimited",
            field.delimited.is_some(),
            kind.takes(Key::Delimited) && !list,
        ),
        ("scalar-as-list", field.scalar_as_list, list),
        ("unique-items", field.unique_items, list),
        ("lenient", field.lenient, kind.takes(Key::Lenient)),
        ("blank", field.blank != Blank::Text, kind.takes(Key::Blank)),
    ]
}

/// Keys that a type or another key requires, each with a message.
fn needs(place: &Place<'_>, ty: &Type) -> Vec<(&'static str, String)> {
    let field = place.field;
    let list = matches!(field.ty, FieldType::List(_));
    let stray = matches!(ty, Type::TableRow(_)) && field.derive.is_none()
        || matches!(ty, Type::Child(_)) && !list;
    let open_token =
        *ty == Type::Token && (list || field.mode != Mode::ReadOnly || field.scope.is_none());
    let all = [
        (
            field.blank == Blank::Nothing && !list && !field.nullable,
            "blank",
            "nothing is `null` for a single value: add `nullable: true`",
        ),
        (
            matches!(ty, Type::Password { .. }) && field.mode != Mode::WriteOnly,
            "type",
            "a password is never shown: add `mode: write-only`",
        ),
        (
            open_token,
            "type",
            "a token is made by the server and is not for everybody: add `mode: read-only` and `scope`",
        ),
        (
            field.scope.is_some() && (field.mode != Mode::ReadOnly || place.group != "resources"),
            "scope",
            "only members of a resource that the server sets can depend on a scope",
        ),
        (
            *ty == Type::Id && field.mode != Mode::ReadOnly,
            "type",
            "an id is made by the server: add `mode: read-only`",
        ),
    ];
    let mut found: Vec<(&str, String)> = Vec::new();
    if stray {
        let message = format!(
            "`{}` needs `derive`, or a list around a resource",
            place.name
        );
        found.push(("type", message));
    }
    let given = all.into_iter().filter(|(wrong, ..)| *wrong);
    found.extend(given.map(|(_, key, message)| (key, message.to_owned())));
    found
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn a_key_fits_the_type_of_its_field() {
        fields(
            r#"
a: { type: boolean, max: 1 }
                         ^ FP306: `max` does not apply to the type of `a`
b: { type: email, min: 3 }
                       ^ FP306: `min` does not apply to the type of `b`
c: { type: boolean, reserved: [x] }
                    ^^^^^^^^ FP306: `reserved` does not apply to the type of `c`
                    ^^^^^^^^ FP346: `x` is refused by the other rules of the row
                    = leave it out
d: { type: [date], pattern: "^2" }
                            ^^^^^ FP306: `pattern` does not apply to the type of `d`
e: { type: string, max-items: 3 }
                              ^ FP306: `max-items` does not apply to the type of `e`
f: { type: string, values: [oak, steel], default: steel, reserved: [oak] }
                            ^^^ FP320: `oak` is reserved
                                                         ^^^^^^^^ FP306: `reserved` does not apply to the type of `f`
"#,
        );
    }
}
