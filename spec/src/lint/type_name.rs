//! unknown type.

use super::{Context, Lint};
use crate::diagnostic::Code;

/// unknown type.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP202",
        "unknown type",
        "A field's type is neither built in nor a resource, object or table of the spec, nor a column of a table written as Table.column.",
    ),
    run,
};

use crate::diagnostic::nearest;
use crate::model::{field_type, type_names};
use crate::syntax::FieldType;

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        if let Err(message) = field_type(context.spec, place.field) {
            let written = match &place.field.ty {
                FieldType::Name(name) => name.as_str(),
                FieldType::List(names) => names.first().map_or("", String::as_str),
                FieldType::Choice(_) => "",
            };
            match nearest(written, type_names(context.spec)) {
                Some(name) => {
                    let help = format!("did you mean `{name}`?");
                    lint.report_with(context, &place.path("type"), message, help);
                }
                None => lint.report(context, &place.path("type"), message),
            }
        }
    }
}
