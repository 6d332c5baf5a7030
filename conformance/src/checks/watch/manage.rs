//! Pings, the log of requests, and redelivery.

use fieldproof_spec::model::Refusal;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness, Inbox, Request, Role};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

/// The interval between two reads of the log.
const PAUSE: Duration = Duration::from_millis(20);

pub(crate) static CHECK: Check = Check {
    name: "watch-manage",
    about: "A ping reaches the watch alone; the record of requests shows each attempt and is selected by outcome, event, \
            object and identifier; what a request was for is sent again under its identifier.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| {
        with_roles(api, &[], |watch| {
            let rows = [
                watch.get.as_ref().map(|one| &one.row),
                watch.list.as_ref().map(|one| &one.row),
            ];
            [&watch.row]
                .into_iter()
                .chain(rows.into_iter().flatten())
                .collect()
        })
    },
    mutants: |_, subject| {
        subject.resource_mutations(&[
            Operator::PingMissing,
            Operator::RequestsMissing,
            Operator::RedeliverMissing,
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let (inbox, other) = (harness.inbox()?, harness.inbox()?);
    let watch = watching.register(&inbox, &[])?;
    watching.register(&other, &[])?;
    let at = |rest: &str| format!("{}{rest}", watch.path);
    let post = |rest: &str| Request::new("POST", &at(rest));
    let ping = harness.expect(202, &post("/ping"))?.json();
    let told = watching.one(&inbox, watch.id(), "ping")?;
    harness.ensure(ping["webhookId"] == told.id.as_str(), || {
        format!(
            "a ping says which notification it sends, got {ping} and {}",
            told.id
        )
    })?;
    let made = harness.make(watching.of)?;
    let created = watching.one(&inbox, made.id(), "created")?;
    watching.one(&other, made.id(), "created")?;
    harness.ensure(
        harness.notified_so_far(&other, watch.id()).is_empty(),
        || "a ping reaches the watch alone".to_owned(),
    )?;
    let query = format!(
        "/requests?outcome=delivered&event=created&webhookId={}",
        created.id
    );
    let found = on_record(harness, &at(&query))?;
    let request = &found[0];
    let same = request["webhookId"] == created.id.as_str()
        && request["event"] == "created"
        && request["resourceId"] == made.id()
        && request["outcome"] == "delivered"
        && request["status"] == 204
        && request["attempt"] == 1;
    harness.ensure(found.len() == 1 && same, || {
        format!("one request of this notification is on record, got {found:?}")
    })?;
    let own = format!("/requests/{}", request["id"].as_str().unwrap_or_default());
    let one = harness.expect(200, &Request::get(&at(&own)))?.json();
    harness.ensure(one == *request, || {
        "one request is shown as the list shows it".to_owned()
    })?;
    harness.refused(
        Refusal::Query,
        &Request::get(&at("/requests?outcom=delivered")),
    )?;
    harness.refused(Refusal::NotFound, &Request::get(&at("/requests/999999999")))?;
    let health = harness.expect(200, &Request::get(&at("/health")))?.json();
    harness.ensure(health["state"] == "served", || {
        format!("a watch that works is served, got {health}")
    })?;
    harness.expect(202, &post("/resume"))?;
    match harness.send(&post("/ping").by(Role::OtherTenant)) {
        Err(CheckError::Skip(_)) => {}
        answer => {
            let status = answer?.status;
            harness.ensure(status == 404, || {
                format!("another tenant sees no watch, got {status}")
            })?;
        }
    }
    harness.expect(202, &post(&format!("{own}/redeliver")))?;
    again(harness, &inbox, &created.id)
}

/// Waits until the log has an entry; returns the entries.
pub(super) fn on_record(harness: &Harness<'_>, path: &str) -> Result<Vec<Value>, CheckError> {
    let started = Instant::now();
    loop {
        let found = harness.expect(200, &Request::get(path))?.json();
        if let Some(items) = found["items"].as_array().filter(|items| !items.is_empty()) {
            return Ok(items.clone());
        }
        if started.elapsed() > harness.patience() {
            return harness.fail("what was sent is on record");
        }
        std::thread::sleep(PAUSE);
    }
}

/// Waits until a notification has arrived twice.
fn again(harness: &Harness<'_>, inbox: &Inbox, id: &str) -> Result<(), CheckError> {
    let twice = inbox.wait(harness.patience(), |taken| {
        let own = taken
            .iter()
            .filter(|one| one.headers.get("webhook-id").is_some_and(|own| own == id));
        own.count() == 2
    });
    harness.ensure(twice, || format!("{id} is sent again under its identifier"))
}
