//! Checks of rules about the values of a field.

use serde_json::{Map, Value};

use crate::kind::kind;
use crate::lint::context::{Context, Lint, Place};
use crate::model::{Api, Field, Type};
use crate::syntax::{Blank, Derive, Mode, On};
use crate::value::accept;

/// The length of the shortest email address.
const SHORTEST: u32 = 5;

/// A key, the problem, and the advice.
type Found = (&'static str, String, &'static str);

pub(super) fn run(lint: &Lint, context: &mut Context<'_>) {
    let api = context.api;
    for place in context.fields() {
        let Some(field) = place.resolved(api) else {
            continue;
        };
        let mut found = texts(api, &place, field);
        found.extend(made(&place, field));
        found.extend(conditions(field));
        for (key, message, help) in found {
            lint.report_with(context, &place.path(key), message, help);
        }
    }
}

/// Rules of texts that no text can satisfy.
fn texts(api: &Api, place: &Place<'_>, field: &Field) -> Vec<Found> {
    let mut all = Vec::new();
    let mut free = field.clone();
    (free.list, free.reserved, free.blank) = (false, Vec::new(), Blank::Text);
    let legal =
        |value: Value| accept(api, &free, &value, &Map::new(), "", &mut Vec::new()).is_some();
    let judged = !matches!(field.ty, Type::Headers | Type::Choice { .. } | Type::Id);
    if let Some(text) = field
        .reserved
        .iter()
        .find(|text| judged && !legal(text.as_str().into()))
    {
        let message = format!("`{text}` is refused by the other rules of the row");
        all.push(("reserved", message, "leave it out"));
    }
    if let Type::Email { max } = field.ty
        && max < SHORTEST
    {
        let message = format!("no address has {max} characters or less");
        all.push(("max", message, "leave it out, or give it room"));
    }
    let reads = match &field.ty {
        Type::Values(values) => values.iter().any(|word| word.parse::<i64>().is_ok()),
        ty => (0..18).any(|digits| {
            let meant = kind(ty).meant(&10_i64.pow(digits).into());
            legal(meant)
        }),
    };
    if place.field.lenient && !reads {
        let message = "no number is a value of it".to_owned();
        all.push(("lenient", message, "leave it out"));
    }
    all
}

/// Conditions of members that always have a value.
fn conditions(field: &Field) -> Option<Found> {
    let key = match () {
        () if !field.only_if.is_empty() => "only-if",
        () if !field.required_if.is_empty() => "required-if",
        () => return None,
    };
    let message = "it always has a value, a default or an empty list, whatever its sibling says";
    let help = "add `nullable: true`, without a default and without a list";
    (!field.initial().is_null()).then(|| (key, message.to_owned(), help))
}

/// Rules about values that the server would have to generate.
fn made(place: &Place<'_>, field: &Field) -> Vec<Found> {
    let mut all = Vec::new();
    if field.unique.is_some() && field.mode == Mode::ReadOnly {
        let message = "only the server sets it, and clients cannot break the rule".to_owned();
        all.push(("unique", message, "leave it out"));
    }
    let text = matches!(field.ty, Type::Text { .. }) && !field.list;
    if matches!(place.field.derive, Some(Derive::Join { .. })) && !text {
        let message = "texts are joined to a text".to_owned();
        all.push(("type", message, "write `type: string`"));
    }
    let own = place.group == "resources" && matches!(field.ty, Type::Child(_));
    if own && field.mode != Mode::ReadOnly && field.on != On::Create {
        let message =
            "children are made with their parent, or by an operation of their own".to_owned();
        all.push(("type", message, "add `on: create`, or `mode: read-only`"));
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, fields};

    #[test]
    fn a_row_of_texts_can_be_kept() {
        fields(
            r#"
a: { type: string, max: 3, reserved: [none] }
                           ^^^^^^^^ FP346: `none` is refused by the other rules of the row
                           = leave it out
b: { type: email, max: 4 }
                       ^ FP346: no address has 4 characters or less
                       = leave it out, or give it room
c: { type: email, lenient: true }
                           ^^^^ FP346: no number is a value of it
                           = leave it out
d: { type: string, values: [on, "off"], lenient: true }
                                                 ^^^^ FP346: no number is a value of it
                                                 = leave it out
e: { type: integer, mode: read-only, unique: tenant }
                                             ^^^^^^ FP346: only the server sets it, and clients cannot break the rule
                                             = leave it out
f: { type: email, derive: { join: [label] } }
           ^^^^^ FP346: texts are joined to a text
           = write `type: string`
g: { type: [string], max: 3, reserved: [none] }
                             ^^^^^^^^ FP346: `none` is refused by the other rules of the row
                             = leave it out

d: { type: string, values: ["1", a], lenient: true }
"#,
        );
    }

    #[test]
    fn children_are_made_with_their_parent() {
        check(
            "resources.Shelf",
            r#"
fields:
  books: { type: [Book], max-items: 9 }
           ^^^^ FP346: children are made with their parent, or by an operation of their own
           = add `on: create`, or `mode: read-only`
update: {}
"#,
        );
    }
}
