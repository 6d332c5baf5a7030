//! Methods and statuses that do not fit their operation.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::syntax::{Effect, Verb};

/// Methods and statuses that do not fit their operation.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP325",
        "method or status that does not fit",
        "A create is a POST or a PUT and answers 201 or 200; an update and an append are a PUT, a PATCH or a POST; a delete answers 204 or 200; a body that breaks a rule is answered with 422 or 400. A method stands once. What a PATCH does not send always keeps its value, so `replace` needs another method. A list is capped at 1 object at least.",
        "write one of those that the message names, or leave the key out",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let mut found: Vec<(Vec<&str>, String)> = Vec::new();
    let switches = &spec.switches;
    let statuses = [
        (
            "validation_status",
            Some(switches.validation_status),
            [422, 400],
        ),
        ("create_status", switches.create_status, [201, 200]),
        ("delete_status", switches.delete_status, [204, 200]),
    ];
    for (key, given, [usual, other]) in statuses {
        if let Some(given) = given.filter(|given| ![usual, other].contains(given)) {
            let message = format!("{given} is not one of {usual} and {other}");
            found.push((vec!["switches", key], message));
        }
    }
    if switches.list_cap == Some(0) {
        found.push((
            vec!["switches", "list_cap"],
            "a list shows 1 object at least".to_owned(),
        ));
    }
    for (name, resource) in &spec.resources {
        let mut at = |keys: &[&'static str], message: String| {
            let path = ["resources", name.as_str()]
                .into_iter()
                .chain(keys.iter().copied());
            found.push((path.collect(), message));
        };
        if let Some(create) = &resource.create {
            let status = create.status.unwrap_or(201);
            if ![200, 201].contains(&status) {
                at(
                    &["create", "status"],
                    format!("a create answers 201 or 200, not {status}"),
                );
            }
            let legal = [Verb::Post, Verb::Put];
            for (key, message) in verbs(create.verb, &create.also, &legal) {
                at(&["create", key], message);
            }
        }
        if let Some(update) = &resource.update {
            let legal = [Verb::Put, Verb::Patch, Verb::Post];
            for (key, message) in verbs(update.verb, &update.also, &legal) {
                at(&["update", key], message);
            }
            let patch =
                update.verb == Verb::Patch && update.also.iter().all(|verb| *verb == Verb::Patch);
            if patch && update.effect == Effect::Replace {
                let message = "what a PATCH does not send keeps its value: add `also: [PUT]`, or leave this out";
                at(&["update", "effect"], message.to_owned());
            }
        }
        if let Some(append) = &resource.append {
            let legal = [Verb::Patch, Verb::Post, Verb::Put];
            for (key, message) in verbs(append.verb, &[], &legal) {
                at(&["append", key], message);
            }
        }
        let delete = resource.delete.as_ref().and_then(|delete| delete.status);
        if let Some(status) = delete.filter(|status| ![200, 204].contains(status)) {
            at(
                &["delete", "status"],
                format!("a delete answers 204 or 200, not {status}"),
            );
        }
    }
    for (path, message) in found {
        lint.report(context, &path, message);
    }
}

/// Methods that are invalid or duplicates.
fn verbs(first: Verb, also: &[Verb], legal: &[Verb]) -> Vec<(&'static str, String)> {
    let names: Vec<&str> = legal.iter().map(|verb| verb.as_str()).collect();
    let wrong = |verb: Verb| {
        (!legal.contains(&verb))
            .then(|| format!("{} is not one of {}", verb.as_str(), names.join(", ")))
    };
    let mut found: Vec<(&'static str, String)> = Vec::new();
    found.extend(wrong(first).map(|message| ("verb", message)));
    for (at, verb) in also.iter().enumerate() {
        let twice = *verb == first || also[..at].contains(verb);
        let message = twice.then(|| format!("{} stands twice", verb.as_str()));
        found.extend(
            message
                .or_else(|| wrong(*verb))
                .map(|message| ("also", message)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn methods_and_statuses_fit_their_operation() {
        check(
            "resources.Shelf",
            r#"
create: { status: 404 }
                  ^^^ FP325: a create answers 201 or 200, not 404

create: { status: 204 }
                  ^^^ FP325: a create answers 201 or 200, not 204

create: { verb: GET }
                ^^^ FP325: GET is not one of POST, PUT

create: { also: [POST] }
          ^^^^ FP325: POST stands twice

create: { also: [DELETE] }
          ^^^^ FP325: DELETE is not one of POST, PUT

delete: { status: 404, cascade: [Book] }
                  ^^^ FP325: a delete answers 204 or 200, not 404

update: { verb: GET }
                ^^^ FP325: GET is not one of PUT, PATCH, POST

update: { verb: DELETE }
                ^^^^^^ FP325: DELETE is not one of PUT, PATCH, POST

update: { also: [GET] }
          ^^^^ FP325: GET is not one of PUT, PATCH, POST

update: { also: [PUT] }
          ^^^^ FP325: PUT stands twice

update: { verb: PATCH, effect: replace }
                               ^^^^^^^ FP325: what a PATCH does not send keeps its value: add `also: [PUT]`, or leave this out

append: { verb: DELETE, fields: [tags] }
                ^^^^^^ FP325: DELETE is not one of PATCH, POST, PUT
"#,
        );
    }

    #[test]
    fn a_switch_has_a_value_that_it_takes() {
        check(
            "",
            r#"
switches: { validation_status: 200 }
                               ^^^ FP325: 200 is not one of 422 and 400

switches: { create_status: 404 }
                           ^^^ FP325: 404 is not one of 201 and 200

switches: { delete_status: 201 }
                           ^^^ FP325: 201 is not one of 204 and 200

switches: { list_cap: 0 }
                      ^ FP325: a list shows 1 object at least
"#,
        );
    }
}
