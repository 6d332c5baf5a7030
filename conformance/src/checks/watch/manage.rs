//! Pings, the log of requests, and redelivery.

use fieldproof_spec::model::Refusal;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Watching, record, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness, Inbox, Request, Role};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

/// The interval between two reads of the log.
const PAUSE: Duration = Duration::from_millis(20);

pub(crate) static CHECK: Check = Check {
    name: "watch-manage",
    about: "A ping reaches the watch alone; the record of requests shows each attempt whole, the newest first, and is selected by \
            outcome, event, object and identifier; what a request or a change was for is sent again under its identifier.",
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
            Operator::RequestShort,
            Operator::CommandCounts,
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
    record::is(harness, "a ping", &ping, &json!({ "webhookId": told.id }))?;
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
    harness.ensure(found.len() == 1, || {
        format!("one request of this notification is on record, got {found:?}")
    })?;
    record::judge(harness, request, &created, &inbox)?;
    let all = recorded(harness, &at("/requests"), 2)?;
    let newest = all
        .windows(2)
        .all(|pair| number(&pair[0]) > number(&pair[1]));
    harness.ensure(newest && all.contains(request) && all.len() == 2, || {
        format!("all requests are on record, the newest first, got {all:?}")
    })?;
    let own = format!("/requests/{}", request["id"].as_str().unwrap_or_default());
    let one = harness.expect(200, &Request::get(&at(&own)))?.json();
    harness.ensure(one == *request, || {
        "one request is shown as the list shows it".to_owned()
    })?;
    let mistyped = Request::get(&at("/requests?outcom=delivered"));
    harness.refused_query(&mistyped, &[("outcom", "unknown_parameter")])?;
    harness.refused(Refusal::NotFound, &Request::get(&at("/requests/999999999")))?;
    let health = harness.expect(200, &Request::get(&at("/health")))?.json();
    let served = json!({ "state": "served", "reason": null, "since": null, "failingSince": null, "open": 0 });
    record::is(harness, "a watch that works", &health, &served)?;
    let resumed = harness.expect(202, &post("/resume"))?.json();
    record::is(harness, "a resume", &resumed, &json!({ "open": 0 }))?;
    match harness.send(&post("/ping").by(Role::OtherTenant)) {
        Err(CheckError::Skip(_)) => {}
        answer => {
            let status = answer?.status;
            harness.ensure(status == 404, || {
                format!("another tenant sees no watch, got {status}")
            })?;
        }
    }
    let one = json!({ "deliveries": 1 });
    let sent = harness.expect(202, &post(&format!("{own}/redeliver")))?;
    record::is(harness, "sending a request again", &sent.json(), &one)?;
    again(harness, &inbox, &created.id, 2)?;
    // What is still under way is not sent again; it is on record once it is settled.
    recorded(harness, &at("/requests"), 3)?;
    // The number of a change stands before its notification's first `-`.
    let change = created
        .id
        .split('-')
        .next()
        .and_then(|text| text.parse::<u64>().ok());
    let Some(change) = change else {
        return harness.fail(format!(
            "`{}` begins with the number of its change",
            created.id
        ));
    };
    let range = post("/redeliver").json(&json!({ "from": change, "to": change }));
    let sent = harness.expect(202, &range)?.json();
    record::is(harness, "sending a change again", &sent, &one)?;
    again(harness, &inbox, &created.id, 3)
}

/// The number of a request on record.
fn number(record: &Value) -> Option<u64> {
    record["id"].as_str()?.parse().ok()
}

/// Waits until the log has an entry; returns the entries.
pub(super) fn on_record(harness: &Harness<'_>, path: &str) -> Result<Vec<Value>, CheckError> {
    recorded(harness, path, 1)
}

/// Waits until so many requests are on record.
fn recorded(harness: &Harness<'_>, path: &str, count: usize) -> Result<Vec<Value>, CheckError> {
    let started = Instant::now();
    loop {
        let found = harness.expect(200, &Request::get(path))?.json();
        if let Some(items) = found["items"]
            .as_array()
            .filter(|items| items.len() >= count)
        {
            return Ok(items.clone());
        }
        if started.elapsed() > harness.patience() {
            return harness.fail("what was sent is on record");
        }
        std::thread::sleep(PAUSE);
    }
}

/// Waits until a notification has come so often.
fn again(harness: &Harness<'_>, inbox: &Inbox, id: &str, times: usize) -> Result<(), CheckError> {
    let twice = inbox.wait(harness.patience(), |taken| {
        let own = taken
            .iter()
            .filter(|one| one.headers.get("webhook-id").is_some_and(|own| own == id));
        own.count() == times
    });
    harness.ensure(twice, || format!("{id} is sent again under its identifier"))
}
