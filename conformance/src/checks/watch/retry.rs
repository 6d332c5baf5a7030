//! Notifications that fail at first.

use std::time::Duration;

use super::reading::said_header;
use super::{Watching, at_home, look, watched};
use crate::check::Check;
use crate::harness::{Answer, CheckError, Harness};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;
use fieldproof_spec::model::{Api, Event};

pub(crate) static CHECK: Check = Check {
    name: "watch-retry",
    about: "A notification that fails is sent again, the same under the same identifier, and what happens to the object \
            meanwhile is told after it.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| at_home(api, &[], |watch| vec![&watch.row]),
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let changes = watched(api, subject).is_some_and(|of| of.update.is_some());
    let named = look(api, subject).is_some_and(|look| said_header(&look.id_in).is_some());
    subject.resource_mutations_where(&[
        (true, Operator::RetryMissing),
        (named, Operator::RetryRenamed),
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
    watching.notified(&inbox, made.id(), Event::Updated)?;
    let own = |event: Event| {
        let all = inbox.taken();
        let reading = &watching.reading;
        let named = |one: &crate::model::Request| {
            reading.is_about(one, made.id()) && reading.tells(one, event)
        };
        let places = all.iter().enumerate().filter(|(_, one)| named(one));
        places
            .map(|(at, one)| (at, one.clone()))
            .collect::<Vec<_>>()
    };
    let (created, updated) = (own(Event::Created), own(Event::Updated));
    harness.ensure(created.len() == 2, || {
        format!(
            "what failed once is sent twice, got {} times",
            created.len()
        )
    })?;
    let id = |at: usize| watching.reading.delivery(&created[at].1);
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
