//! The state before a change.

use fieldproof_spec::model::{Event, Payload, Role};
use serde_json::{Value, json};

use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-previous",
    about: "A watch that asks for it gets the object as it was before the change beside the object: null for a new one, \
            the last version for one that is removed.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| with_roles(api, &[Role::Previous], |_| Vec::new()),
    mutants: |_, subject| {
        subject.resource_mutations(&[Operator::PreviousMissing, Operator::PreviousLate])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let Some(payload) = watching.reading.look.payload.said() else {
        let why = "nothing says where notifications have the object before the change";
        return Err(CheckError::Skip(why.to_owned()));
    };
    let inbox = harness.inbox()?;
    watching.register(&inbox, &[(Role::Previous, json!(true))])?;
    let made = harness.make(watching.of)?;
    let first = watching.shown(&made)?;
    let second = watching.change(&made)?;
    let mut expected = vec![
        (Event::Created, Value::Null, first.clone()),
        (Event::Updated, first, second.clone()),
    ];
    if watching.remove(&made)? {
        expected.push((Event::Deleted, second.clone(), second));
    }
    for (event, before, mut now) in expected {
        let notice = watching.one(&inbox, made.id(), event)?;
        match payload {
            Payload::Object(name) => now[name] = before,
            Payload::Envelope(envelope) => {
                let found = envelope.previous.as_ref();
                let found = found.and_then(|name| notice.json().get(name).cloned());
                harness.ensure(found.as_ref() == Some(&before), || {
                    let name = notice.event.as_str();
                    format!("`{name}` brings {before} as what was there before, got {found:?}")
                })?;
            }
        }
        watching.says(&notice, &now)?;
    }
    Ok(())
}
