//! The state before a change.

use fieldproof_spec::model::Role;
use serde_json::{Value, json};

use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

/// The member with the object before the change.
pub(super) const PREVIOUS: &str = "previousData";

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
    let inbox = harness.inbox()?;
    watching.register(&inbox, &[(Role::Previous, json!(true))])?;
    let made = harness.make(watching.of)?;
    let first = watching.shown(&made)?;
    let second = watching.change(&made)?;
    let mut expected = vec![
        ("created", Value::Null, first.clone()),
        ("updated", first, second.clone()),
    ];
    if watching.remove(&made)? {
        expected.push(("deleted", second.clone(), second));
    }
    for (event, before, mut now) in expected {
        now[PREVIOUS] = before;
        watching.says(&watching.one(&inbox, made.id(), event)?, &now)?;
    }
    Ok(())
}
