//! The contents of notifications.

use serde_json::{Map, Value, json};

use super::reading::{Notice, Reading};
use super::{Watching, look, shape, watched, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness, can_be_sent_back};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;
use fieldproof_spec::model::{Api, Event, Role};

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
            let own = watch.watch.iter();
            let rows = [Some(&watch.row), create, events].into_iter().flatten();
            rows.chain(own.flat_map(|one| one.notification.rows()))
                .collect()
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let changes = watched(api, subject).is_some_and(|of| of.update.is_some());
    let home = api.dialect.house.is_some();
    let known = look(api, subject).is_some_and(|look| Reading { look, id: "" }.identifies());
    let mut all = vec![
        (true, Operator::NoticeMissing),
        (home, Operator::SenderMissing),
        (known, Operator::NoticeTwice),
        (known, Operator::NoticeOfRefused),
        (changes && known, Operator::NoticeOfIdle),
        (changes, Operator::NoticeStale),
    ];
    all.extend(look(api, subject).into_iter().flat_map(shape::mutants));
    subject.resource_mutations_where(&all)
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let of = watching.of;
    let inbox = harness.inbox()?;
    watching.register(&inbox, &[])?;
    let refused = harness.api.switches.validation_status;
    // With few members, since a replacing update clears hidden ones.
    let made = harness.make_with(of, &Map::new())?;
    let mut expected = vec![(Event::Created, watching.shown(&made)?)];
    let create = harness.create(of, &made.collection);
    harness.expect(refused, &create.json(&json!([])))?;
    if of.update.is_some() {
        harness.expect(refused, &harness.change(of, &made.path, &json!([]))?)?;
        if can_be_sent_back(harness.api, of) {
            let same = Value::Object(harness.get(of, &made.path)?);
            harness.expect(200, &harness.change(of, &made.path, &same)?)?;
        }
        for _ in 0..2 {
            expected.push((Event::Updated, watching.change(&made)?));
        }
    }
    let last = expected.last().map(|(_, shown)| shown.clone());
    if watching.remove(&made)? {
        expected.push((Event::Deleted, last.unwrap_or_default()));
    }
    let reading = &watching.reading;
    for (event, _) in expected.iter().filter(|(event, _)| reading.names(*event)) {
        watching.notified(&inbox, made.id(), *event)?;
    }
    let told = watching.in_all(&inbox, made.id(), expected.len());
    // Where nothing has an identifier, what comes may be the same once more.
    if told.len() > expected.len() && !reading.identifies() {
        return Err(CheckError::Skip(
            "nothing says how a notification that is sent again is told from another".to_owned(),
        ));
    }
    let mut pairs = told.iter().zip(&expected);
    let fits = pairs.all(|(notice, (event, _))| reading.may_tell(&notice.request, *event));
    harness.ensure(fits && told.len() == expected.len(), || {
        let names: Vec<&str> = told.iter().map(|one| one.event.as_str()).collect();
        let wanted = expected.iter().map(|(event, _)| reading.look.name(*event));
        let wanted: Vec<&str> = wanted.collect();
        format!("{wanted:?} are told, got {names:?}")
    })?;
    for (notice, (event, shown)) in told.iter().zip(&expected) {
        watching.says(notice, shown)?;
        well_formed(harness, notice)?;
        shape::shaped(&watching, notice, *event)?;
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
    let home = harness.api.dialect.house.is_some();
    harness.ensure(!home || label.starts_with("application/json"), || {
        format!("a notification is application/json, got `{label}`")
    })?;
    let sender = notice.header("user-agent").unwrap_or_default();
    harness.ensure(!home || !sender.trim().is_empty(), || {
        "a notification says in `User-Agent` who sends it".to_owned()
    })
}
