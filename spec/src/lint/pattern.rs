//! Lint FP348: patterns that engines read differently.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::kind::{Bounds, kind};
use crate::model::field_type;
use crate::pattern::Pattern;

/// Patterns that engines read differently.
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

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn a_pattern_is_read_alike_everywhere() {
        fields(
            r#"
x: { type: string, pattern: "^\\s+$" }
                            ^^^^^^^^^ FP348: `\s`: engines disagree on which characters are blanks
y: { type: [string], pattern: "^(?=a)" }
                              ^^^^^^^^^ FP348: `(?=`: look-around, including look-ahead and look-behind, is not supported
z: { type: string, pattern: "[a-z" }
                            ^^^^^^^ FP348: `[`: unclosed character class

x: { type: string, pattern: "^[A-Z]{3}-\\d+$" }
y: { type: [string], pattern: "a|b" }
"#,
        );
    }

    #[test]
    fn a_text_of_the_length_can_match() {
        fields(
            r#"
x: { type: [string], max: 2, pattern: "^[A-Z]{3}$" }
                                      ^^^^^^^^^^^^^ FP348: no text of 0 to 2 characters matches it
                                      = change the pattern, `min` or `max`
y: { type: string, min: 4, pattern: "^[A-Z]{3}$" }
                                    ^^^^^^^^^^^^^ FP348: no text of 4 to 10000 characters matches it
                                    = change the pattern, `min` or `max`

x: { type: string, max: 3, pattern: "^[A-Z]{3}" }
y: { type: string, min: 4, pattern: "^[A-Z]{3}" }
"#,
        );
    }
}
