//! Lint FP317: misleading aliases of members.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::syntax::Mode;

/// Misleading aliases of members.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP317",
        "other name that leads astray",
        "also gives a member of a nested object that bodies write other names to be read by. Each is the name of nothing else in the object. A member that has to be sent and one of a shared object have one name.",
        "leave the other name out, or choose one that is free",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for place in context.fields() {
        let field = place.field;
        if field.also.is_empty() {
            continue;
        }
        let object = spec.objects.get(place.owner);
        let shared = object.is_some_and(|one| one.shared.is_some());
        let written = field.mode == Mode::ReadWrite && !field.required;
        if place.group != "objects" || shared || !written {
            let message = "other names are for members of a nested object that may be left out";
            lint.report(context, &place.path("also"), message);
        }
        for name in &field.also {
            let mut others = place.siblings.iter();
            let taken = others.any(|(own, other)| {
                let twice = other.also.iter().filter(|one| *one == name).count();
                own == name || twice > usize::from(own == place.name)
            });
            if taken {
                let message = format!("`{name}` is the name of something else");
                lint.report(context, &place.path("also"), message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn another_name_is_of_a_member_that_may_be_left_out() {
        fields(
            r#"
tags: { type: [string], also: [label] }
                        ^^^^ FP317: other names are for members of a nested object that may be left out
                        ^^^^ FP317: `label` is the name of something else
"#,
        );
    }
}
