//! pattern that not every engine reads alike.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::kind::{Bounds, kind};
use crate::model::field_type;
use crate::pattern::Pattern;

/// pattern that not every engine reads alike.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP348",
        "pattern that not every engine reads alike",
        "A pattern is a regular expression that JSON Schema, Rust and the suite read alike: characters, classes such as [A-Z0-9_], \\d and \\w, groups, alternatives and repetitions, `^` at its beginning and `$` at its end. Without them it may match anywhere in the text. A text of the field's length can match it.",
        "write it with classes and repetitions, such as `^[A-Z]{3}-[0-9]+$`",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        let Some(text) = &place.field.pattern else {
            continue;
        };
        let path = place.path("pattern");
        let pattern = match Pattern::read(text) {
            Ok(pattern) => pattern,
            Err(stranger) => {
                let part = text.get(stranger.at).filter(|part| !part.is_empty());
                let part = part.map_or_else(String::new, |part| format!("`{part}`: "));
                lint.report(context, &path, format!("{part}{}", stranger.message));
                continue;
            }
        };
        let bounds = field_type(context.spec, place.field).map(|ty| kind(&ty).bounds());
        if let Ok(Some(Bounds::Length(min, max))) = bounds {
            let (least, most) = pattern.lengths();
            if least > max || most.is_some_and(|most| most < min) {
                let message = format!("no text of {min} to {max} characters matches it");
                lint.report_with(
                    context,
                    &path,
                    message,
                    "change the pattern, `min` or `max`",
                );
            }
        }
    }
}
