//! Header fields that the owner of a watch sets.

use fieldproof_spec::model::{Event, Role};
use serde_json::json;

use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-headers",
    about: "Header fields of a watch are sent with each notification, a `User-Agent` of its own in place of the service's.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| with_roles(api, &[Role::Headers], |_| Vec::new()),
    mutants: |_, subject| {
        subject.resource_mutations(&[Operator::HeadersMissing, Operator::SenderKept])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let inbox = harness.inbox()?;
    let word = harness.word();
    let fields =
        json!({ "X-Own-Field": word, "Accept": "text/plain", "User-Agent": format!("own/{word}") });
    watching.register(&inbox, &[(Role::Headers, fields)])?;
    let made = harness.make(watching.of)?;
    let notice = watching.one(&inbox, made.id(), Event::Created)?;
    let sender = format!("own/{word}");
    for (name, value) in [
        ("x-own-field", word.as_str()),
        ("accept", "text/plain"),
        ("user-agent", sender.as_str()),
    ] {
        harness.ensure(notice.header(name) == Some(value), || {
            format!("`{name}: {value}` is sent, got {:?}", notice.header(name))
        })?;
    }
    Ok(())
}
