//! Lint FP307: choices that do not cover the values of their sibling.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Choices that do not cover the values of their sibling.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP307",
        "choice that does not cover",
        "A field whose type depends on a sibling names a sibling with a closed list of values, and gives a type for each of them and for nothing else. The sibling is a single value. A type of a choice is one that a body brings whole: no id, token, password or secret, nothing that is looked up, shared or a child.",
        "name a sibling with `values`, and a type for each of them",
    ),
    run,
};

use crate::kind::kind;
use crate::model::{Type, field_type};
use crate::syntax::FieldType;

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        let FieldType::Choice(choice) = &place.field.ty else {
            continue;
        };
        let Some(sibling) = place
            .siblings
            .get(&choice.by)
            .filter(|field| !field.values.is_empty() && !matches!(field.ty, FieldType::List(_)))
        else {
            let message = format!("`{}` is not a sibling with `values`", choice.by);
            lint.report(context, &place.path("type"), message);
            continue;
        };
        if let Ok(Type::Choice { of, .. }) = field_type(context.spec, place.field) {
            let strangers = of.iter().filter(|(_, ty)| !kind(ty).is_whole());
            let strangers: Vec<&str> = strangers.map(|(value, _)| value.as_str()).collect();
            if !strangers.is_empty() {
                let message = format!("no body brings the type for {} whole", strangers.join(", "));
                lint.report(context, &place.path("type"), message);
            }
        }
        let missing = sibling
            .values
            .iter()
            .filter(|value| !choice.of.contains_key(*value));
        let extra = choice
            .of
            .keys()
            .filter(|value| !sibling.values.contains(value));
        let wrong: Vec<&str> = missing.chain(extra).map(String::as_str).collect();
        if !wrong.is_empty() {
            let message = format!(
                "the types do not match the values of `{}`: {}",
                choice.by,
                wrong.join(", ")
            );
            lint.report(context, &place.path("type"), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_choice_covers_the_values_of_its_sibling() {
        check(
            "resources.Book.fields",
            r#"
contact: { type: { by: medium, of: { mail: email, fax: phone } }, required: true }
           ^^^^ FP307: the types do not match the values of `medium`: call, fax

contact: { type: { by: bookId, of: { mail: email, call: phone } }, required: true }
           ^^^^ FP307: `bookId` is not a sibling with `values`
"#,
        );
    }

    #[test]
    fn a_type_of_a_choice_is_one_that_a_body_brings() {
        check(
            "resources.Book.fields",
            r#"
contact: { type: { by: medium, of: { mail: email, call: token } }, required: true }
           ^^^^ FP307: no body brings the type for call whole
"#,
        );
    }
}
