//! Notifications that fail at first.

use std::time::Duration;

use super::{Watching, watched, with_roles};
use crate::check::Check;
use crate::harness::{Answer, CheckError, Harness};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;
use fieldproof_spec::model::Api;

pub(crate) static CHECK: Check = Check {
    name: "watch-retry",
    about: "A notification that fails is sent again, the same under the same identifier, and what happens to the object \
            meanwhile is told after it.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| with_roles(api, &[], |watch| vec![&watch.row]),
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let changes = watched(api, subject).is_some_and(|of| of.update.is_some());
    subject.resource_mutations_where(&[
        (true, Operator::RetryMissing),
        (true, Operator::RetryRenamed),
        (changes, Operator::OrderLost),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let inbox = harness.inbox()?;
    watching.register(&inbox, &[])?;
    // Slow enough for another change while the first attempt fails.
    let slow = Answer {
        after: Duration::from_millis(200),
        ..Answer::status(503)
    };
    inbox.answer(vec![slow]);
    let made = harness.make(watching.of)?;
    watching.change(&made)?;
    harness.notified(&inbox, made.id(), "updated")?;
    let own = |event: &str| {
        let all = inbox.taken();
        let named = |one: &crate::model::Request| {
            let header = |name: &str| one.headers.get(name).map(String::as_str);
            header("x-watch-event") == Some(event)
                && header("x-watch-resource-id") == Some(made.id())
        };
        let places = all.iter().enumerate().filter(|(_, one)| named(one));
        places
            .map(|(at, one)| (at, one.clone()))
            .collect::<Vec<_>>()
    };
    let (created, updated) = (own("created"), own("updated"));
    harness.ensure(created.len() == 2, || {
        format!(
            "what failed once is sent twice, got {} times",
            created.len()
        )
    })?;
    let id = |at: usize| created[at].1.headers.get("webhook-id").cloned();
    harness.ensure(
        id(0) == id(1) && created[0].1.body == created[1].1.body,
        || {
            format!(
                "each attempt has the same identifier and body, got {:?} and {:?}",
                id(0),
                id(1)
            )
        },
    )?;
    harness.ensure(updated.iter().all(|(at, _)| *at > created[1].0), || {
        "what happened later is told later".to_owned()
    })
}
