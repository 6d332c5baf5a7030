//! Lint FP352: former names that cannot be moved.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Former names that cannot be moved.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP352",
        "former name that is taken",
        "was says what an earlier version of the spec called a member or a resource, so that a migration moves what is stored. Nothing has that name now, and no two things had it. A resource that watches, is watched, logs in, invites or belongs to users keeps its name: what is noted of its objects elsewhere has it too.",
        "leave `was` out, or name what is called so no more",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        let Some(was) = &place.field.was else {
            continue;
        };
        let path = place.path("was");
        if place.siblings.contains_key(was) {
            let message = format!("`{was}` is a member now");
            lint.report(context, &path, message);
        }
        let claims = place.siblings.values();
        if claims.filter(|one| one.was.as_ref() == Some(was)).count() > 1 {
            let message = format!("another member was called `{was}` as well");
            lint.report(context, &path, message);
        }
    }
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        let Some(was) = &resource.was else { continue };
        let path = ["resources", name.as_str(), "was"];
        if spec.resources.contains_key(was) || spec.objects.contains_key(was) {
            lint.report(context, &path, format!("`{was}` is something else now"));
        }
        let claims = spec.resources.values();
        if claims.filter(|one| one.was.as_ref() == Some(was)).count() > 1 {
            let message = format!("another resource was called `{was}` as well");
            lint.report(context, &path, message);
        }
        let mut watches = spec.resources.values().filter_map(|one| one.watch.as_ref());
        let noted = resource.watch.is_some() || watches.any(|watch| watch.of == *name);
        let person = resource.login.is_some() || resource.invite.is_some();
        if noted || person || resource.bound.is_some() {
            let message = "what is noted of its objects elsewhere has its name too";
            lint.report(context, &path, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, fields};

    #[test]
    fn a_former_name_is_free_now_and_was_that_of_one_member() {
        fields(
            r#"
tags: { type: [string], was: marks }

tags: { type: [string], was: label }
                             ^^^^^ FP352: `label` is a member now
other: { type: string, was: gone }
                            ^^^^ FP352: another member was called `gone` as well
more: { type: string, was: gone }
                           ^^^^ FP352: another member was called `gone` as well
"#,
        );
    }

    #[test]
    fn so_is_that_of_a_resource() {
        check(
            "resources.Shelf",
            r#"
was: Rack

was: Shelf
     ^^^^^ FP352: `Shelf` is something else now
"#,
        );
    }
}
