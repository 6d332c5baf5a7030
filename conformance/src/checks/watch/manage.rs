//! A ping, the record of requests, and sending again.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Watching, with_roles};
use crate::check::Check;
use crate::duty::Duty;
use crate::lab::{Ask, Inbox, Lab, Role, Stop};
use crate::mutant::Kind;
use crate::obligation::Severity;

/// Time between two looks at the record.
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
    mutants: |_, duty| {
        duty.broken_as_a_whole(&[
            Kind::PingMissing,
            Kind::RequestsMissing,
            Kind::RedeliverMissing,
        ])
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let watching = Watching::new(lab, duty)?;
    let (inbox, other) = (lab.inbox()?, lab.inbox()?);
    let watch = watching.register(&inbox, &[])?;
    watching.register(&other, &[])?;
    let at = |rest: &str| format!("{}{rest}", watch.path);
    let post = |rest: &str| Ask::new("POST", &at(rest));
    let ping = lab.expect(202, &post("/ping"))?.json();
    let told = watching.one(&inbox, watch.id(), "ping")?;
    lab.ensure(ping["webhookId"] == told.id.as_str(), || {
        format!(
            "a ping says which notification it sends, got {ping} and {}",
            told.id
        )
    })?;
    let made = lab.make(watching.of)?;
    let created = watching.one(&inbox, made.id(), "created")?;
    watching.one(&other, made.id(), "created")?;
    lab.ensure(lab.told_so_far(&other, watch.id()).is_empty(), || {
        "a ping reaches the watch alone".to_owned()
    })?;
    let query = format!(
        "/requests?outcome=delivered&event=created&webhookId={}",
        created.id
    );
    let found = on_record(lab, &at(&query))?;
    let request = &found[0];
    let same = request["webhookId"] == created.id.as_str()
        && request["event"] == "created"
        && request["resourceId"] == made.id()
        && request["outcome"] == "delivered"
        && request["status"] == 204
        && request["attempt"] == 1;
    lab.ensure(found.len() == 1 && same, || {
        format!("one request of this notification is on record, got {found:?}")
    })?;
    let own = format!("/requests/{}", request["id"].as_str().unwrap_or_default());
    let one = lab.expect(200, &Ask::get(&at(&own)))?.json();
    lab.ensure(one == *request, || {
        "one request is shown as the list shows it".to_owned()
    })?;
    lab.expect(400, &Ask::get(&at("/requests?outcom=delivered")))?;
    lab.expect(404, &Ask::get(&at("/requests/999999999")))?;
    let health = lab.expect(200, &Ask::get(&at("/health")))?.json();
    lab.ensure(health["state"] == "served", || {
        format!("a watch that works is served, got {health}")
    })?;
    lab.expect(202, &post("/resume"))?;
    match lab.send(&post("/ping").by(Role::OtherTenant)) {
        Err(Stop::Skip(_)) => {}
        answer => {
            let status = answer?.status;
            lab.ensure(status == 404, || {
                format!("another tenant sees no watch, got {status}")
            })?;
        }
    }
    lab.expect(202, &post(&format!("{own}/redeliver")))?;
    again(lab, &inbox, &created.id)
}

/// Waits until something is on record.
pub(super) fn on_record(lab: &Lab<'_>, path: &str) -> Result<Vec<Value>, Stop> {
    let started = Instant::now();
    loop {
        let found = lab.expect(200, &Ask::get(path))?.json();
        if let Some(items) = found["items"].as_array().filter(|items| !items.is_empty()) {
            return Ok(items.clone());
        }
        if started.elapsed() > lab.patience() {
            return lab.fail("what was sent is on record");
        }
        std::thread::sleep(PAUSE);
    }
}

/// Waits until a notification has come twice.
fn again(lab: &Lab<'_>, inbox: &Inbox, id: &str) -> Result<(), Stop> {
    let twice = inbox.wait(lab.patience(), |taken| {
        let own = taken
            .iter()
            .filter(|one| one.headers.get("webhook-id").is_some_and(|own| own == id));
        own.count() == 2
    });
    lab.ensure(twice, || format!("{id} is sent again under its identifier"))
}
