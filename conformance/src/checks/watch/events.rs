//! Watches that list events.

use std::time::Duration;

use fieldproof_spec::model::{Event, Role};
use serde_json::json;

use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-events",
    about: "A watch that names events is told of those and of no other ones.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| with_roles(api, &[Role::Events], |_| Vec::new()),
    mutants: |_, subject| subject.resource_mutations(&[Operator::EventsIgnored]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let place = harness
        .api
        .place(watching.watch, Role::Events)
        .unwrap_or_default();
    let Some(events) = place.last().and_then(|field| kind(&field.ty).closed()) else {
        return Ok(());
    };
    if !events.is_empty() && !watching.reading.names(Event::Created) {
        return Err(Watching::unnamed(Event::Created));
    }
    let mut inboxes = Vec::new();
    let named = Event::CHANGES.into_iter().filter_map(|event| {
        let name = watching.reading.look.name(event);
        events
            .iter()
            .any(|one| one == name)
            .then_some((event, name))
    });
    for (event, name) in named {
        let inbox = harness.inbox()?;
        watching.register(&inbox, &[(Role::Events, json!([name]))])?;
        inboxes.push((event, inbox));
    }
    let made = harness.make(watching.of)?;
    watching.change(&made)?;
    let gone = watching.remove(&made)?;
    for (event, inbox) in &inboxes {
        if gone || *event != Event::Deleted {
            watching.notified(inbox, made.id(), *event)?;
        }
    }
    // Nothing that arrives now was asked for.
    std::thread::sleep(Duration::from_millis(100));
    for (event, inbox) in &inboxes {
        let told = watching.so_far(inbox, made.id());
        let names: Vec<&str> = told.iter().map(|one| one.event.as_str()).collect();
        let name = watching.reading.look.name(*event);
        harness.ensure(names.iter().all(|one| *one == name), || {
            format!("only `{name}` is told, got {names:?}")
        })?;
    }
    Ok(())
}
