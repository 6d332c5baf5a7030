//! Methods of notifications.

use fieldproof_spec::model::{Event, Role};
use serde_json::json;

use super::reading::said_header;
use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-method",
    about: "A notification is sent by the method of the watch; by DELETE without a body, and the event and the \
            identifier are in the header all the same.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| with_roles(api, &[Role::Method], |_| Vec::new()),
    mutants: |_, subject| {
        subject.resource_mutations(&[Operator::MethodIgnored, Operator::DeleteSendsBody])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let place = harness
        .api
        .place(watching.watch, Role::Method)
        .unwrap_or_default();
    let Some(methods) = place.last().and_then(|field| kind(&field.ty).closed()) else {
        return Ok(());
    };
    let mut inboxes = Vec::new();
    // Without a body the header has to say what it is about.
    let shown = |method: &&String| {
        *method != "DELETE" || said_header(&watching.reading.look.object_in).is_some()
    };
    for method in methods.iter().filter(shown) {
        let inbox = harness.inbox()?;
        watching.register(&inbox, &[(Role::Method, json!(method))])?;
        inboxes.push((method, inbox));
    }
    let made = harness.make(watching.of)?;
    for (method, inbox) in &inboxes {
        let notice = watching.one(inbox, made.id(), Event::Created)?;
        let found = &notice.request.method;
        harness.ensure(found == *method, || {
            format!("it is sent by {method}, got {found}")
        })?;
        let bare = notice.request.body.is_empty() && notice.header("content-type").is_none();
        harness.ensure(bare == (*method == "DELETE"), || {
            format!(
                "only DELETE sends no body, got {} bytes by {method}",
                notice.request.body.len()
            )
        })?;
    }
    Ok(())
}
