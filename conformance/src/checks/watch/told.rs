//! The contents of notifications.

use serde_json::{Map, Value, json};

use super::{Watching, watched, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness, Notice, can_be_sent_back};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;
use fieldproof_spec::model::{Api, Role};

pub(crate) static CHECK: Check = Check {
    name: "watch",
    about: "Each committed change is told once, in order, with its event, the identifier, who sends it, and the object \
            as a read shows it; what is refused or changes nothing is told to nobody.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| {
        with_roles(api, &[], |watch| {
            let create = watch.create.as_ref().map(|one| &one.row);
            let events = api.place(watch, Role::Events);
            let events = events.map(|place| &place[0].row);
            [Some(&watch.row), create, events]
                .into_iter()
                .flatten()
                .collect()
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let changes = watched(api, subject).is_some_and(|of| of.update.is_some());
    subject.resource_mutations_where(&[
        (true, Operator::NoticeMissing),
        (true, Operator::SenderMissing),
        (true, Operator::NoticeTwice),
        (true, Operator::NoticeOfRefused),
        (changes, Operator::NoticeOfIdle),
        (changes, Operator::NoticeStale),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let of = watching.of;
    let inbox = harness.inbox()?;
    watching.register(&inbox, &[])?;
    let refused = harness.api.switches.validation_status;
    // With few members, since a replacing update clears hidden ones.
    let made = harness.make_with(of, &Map::new())?;
    let mut expected = vec![("created", watching.shown(&made)?)];
    let create = harness.create(of, &made.collection);
    harness.expect(refused, &create.json(&json!([])))?;
    if of.update.is_some() {
        harness.expect(refused, &harness.change(of, &made.path, &json!([]))?)?;
        if can_be_sent_back(harness.api, of) {
            let same = Value::Object(harness.get(of, &made.path)?);
            harness.expect(200, &harness.change(of, &made.path, &same)?)?;
        }
        for _ in 0..2 {
            expected.push(("updated", watching.change(&made)?));
        }
    }
    let last = expected.last().map(|(_, shown)| shown.clone());
    if watching.remove(&made)? {
        expected.push(("deleted", last.unwrap_or_default()));
    }
    for (event, _) in &expected {
        harness.notified(&inbox, made.id(), event)?;
    }
    let told = harness.notified_in_all(&inbox, made.id(), expected.len());
    let names = |all: &[Notice]| all.iter().map(|one| one.event.clone()).collect::<Vec<_>>();
    let wanted: Vec<&str> = expected.iter().map(|(event, _)| *event).collect();
    harness.ensure(names(&told) == wanted, || {
        format!("{wanted:?} are told, got {:?}", names(&told))
    })?;
    for (notice, (_, shown)) in told.iter().zip(&expected) {
        watching.says(notice, shown)?;
        well_formed(harness, notice)?;
    }
    Ok(())
}

/// Judges what all notifications with a body have in common.
fn well_formed(harness: &Harness<'_>, notice: &Notice) -> Result<(), CheckError> {
    let method = &notice.request.method;
    harness.ensure(method == "POST", || {
        format!("a notification is sent by POST, got {method}")
    })?;
    let label = notice.header("content-type").unwrap_or_default();
    harness.ensure(label.starts_with("application/json"), || {
        format!("a notification is application/json, got `{label}`")
    })?;
    let sender = notice.header("user-agent").unwrap_or_default();
    harness.ensure(!sender.trim().is_empty(), || {
        "a notification says in `User-Agent` who sends it".to_owned()
    })?;
    harness.ensure(!notice.id.is_empty(), || {
        "a notification has its `webhook-id`".to_owned()
    })?;
    let now = jiff::Timestamp::now().as_second();
    let sent = notice.header("webhook-timestamp").unwrap_or_default();
    let near = sent
        .parse::<i64>()
        .is_ok_and(|sent| (sent - now).abs() <= 300);
    harness.ensure(near, || {
        format!("`webhook-timestamp` is the second it is sent at, got `{sent}`")
    })
}
