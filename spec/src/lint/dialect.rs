//! Lint FP350: points of the dialect that no answer can show.

use super::{Context, Lint};
use crate::diagnostic::Code;
use crate::syntax::{Refusal, Refusals};

pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP350",
        "a point of the dialect that no answer can show",
        "Places in refusals are JSON Pointers (RFC 6901) to different members of an object, \
         media types are those of JSON, and refusals have statuses from 400 to 499.",
        "write JSON Pointers such as `/error/code`, and statuses from 400 to 499",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let dialect = &context.spec.dialect;
    if let Some(refusals) = &dialect.refusals {
        shape(lint, context, refusals);
    }
    let Some(statuses) = &dialect.statuses else {
        return;
    };
    for (kind, status) in &statuses.are {
        let path = ["dialect", "statuses", "are", kind.word()];
        if !(400..500).contains(status) {
            let message = format!("{status} refuses nothing");
            lint.report_with(context, &path, message, "use a status from 400 to 499");
        } else if *kind == Refusal::Validation && !matches!(status, 400 | 422) {
            let message = "a body that breaks a rule is refused with 400 or 422";
            lint.report(context, &path, message);
        }
    }
}

fn shape(lint: &Lint, context: &mut Context<'_>, refusals: &Refusals) {
    const OWN: [&str; 2] = ["dialect", "refusals"];
    let media = refusals.media.split(';').next().unwrap_or_default().trim();
    if media != "application/json" && !media.ends_with("+json") {
        let message = format!("`{media}` is no JSON");
        lint.report(context, &[&OWN[..], &["media"]].concat(), message);
    }
    let list = refusals.violations.as_ref();
    let places = [
        (&["code"][..], refusals.code.as_ref()),
        (&["message"], refusals.message.as_ref()),
        (&["status"], refusals.status.as_ref()),
        (&["violations", "list"], list.map(|one| &one.list)),
    ];
    let mut before: Vec<&String> = Vec::new();
    for (keys, place) in places {
        let Some(place) = place else { continue };
        let path = [&OWN[..], keys].concat();
        let inside = |one: &&String| {
            let below = |outer: &str, inner: &str| inner.starts_with(&format!("{outer}/"));
            **one == *place || below(one, place) || below(place, one)
        };
        if !place.starts_with('/') || place.ends_with('/') {
            let message = format!("`{place}` is no place");
            let help = "write a JSON Pointer such as `/error/code`";
            lint.report_with(context, &path, message, help);
        } else if let Some(other) = before.iter().find(|one| inside(one)) {
            let message = format!("`{place}` and `{other}` are in each other's way");
            lint.report(context, &path, message);
        }
        before.push(place);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn answers_can_show_every_point() {
        check(
            "",
            r#"
dialect: { refusals: { code: error } }
                             ^^^^^ FP350: `error` is no place
                             = write a JSON Pointer such as `/error/code`

dialect: { refusals: { code: /error, message: /error/text } }
                                              ^^^^^^^^^^^ FP350: `/error/text` and `/error` are in each other's way

dialect: { refusals: { media: text/plain, message: /message } }
                              ^^^^^^^^^^ FP350: `text/plain` is no JSON

dialect: { statuses: { are: { conflict: 500 } } }
                                        ^^^ FP350: 500 refuses nothing
                                        = use a status from 400 to 499

dialect: { statuses: { are: { validation: 409 } } }
                                          ^^^ FP350: a body that breaks a rule is refused with 400 or 422

dialect: { refusals: { message: /message, violations: { list: /errors } }, statuses: { are: { conflict: 400 }, at: 1 } }
"#,
        );
    }
}
