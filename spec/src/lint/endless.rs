//! objects that hold themselves without an end.

use std::collections::BTreeSet;

use super::{Context, Lint};
use crate::diagnostic::Code;
use crate::syntax::{Field, FieldType, Spec};

/// objects that hold themselves without an end.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP319",
        "object without an end",
        "An object that holds another one of its kind, directly or inside others, has to be able to stop: the member is nullable or a list. One that always has a value would hold another for ever.",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let ending = ending(spec);
    for place in context.fields() {
        let endless = place.group == "objects" && !ends(place.field, spec, &ending);
        if endless && !ending.contains(place.owner) {
            let message = format!("a value of `{}` would hold others for ever", place.owner);
            let help = "add `nullable: true`, or make it a list";
            lint.report_with(context, &place.path("type"), message, help);
        }
    }
}

/// The objects that have a value of finite size.
fn ending(spec: &Spec) -> BTreeSet<&str> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    loop {
        let more = spec.objects.iter().filter(|(name, object)| {
            let mut fields = object.fields.values();
            !known.contains(name.as_str()) && fields.all(|field| ends(field, spec, &known))
        });
        let more: Vec<&str> = more.map(|(name, _)| name.as_str()).collect();
        if more.is_empty() {
            return known;
        }
        known.extend(more);
    }
}

/// Whether a value of the field need not hold an object that is not known to end.
fn ends(field: &Field, spec: &Spec, known: &BTreeSet<&str>) -> bool {
    let stops = |name: &String| known.contains(name.as_str()) || !spec.objects.contains_key(name);
    field.nullable
        || match &field.ty {
            FieldType::Name(name) => stops(name),
            FieldType::List(_) => true,
            FieldType::Choice(choice) => choice.of.is_empty() || choice.of.values().any(stops),
        }
}
