//! Pings, the log of requests, and redelivery.

use std::time::{Duration, Instant};

use fieldproof_spec::model::{Event, Refusal};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Watching, at_home, record};
use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Inbox, Request, Role};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

/// The interval between two reads of the log.
const PAUSE: Duration = Duration::from_millis(20);

/// How long what was not asked for may take to come.
const STRAY: Duration = Duration::from_millis(100);

pub(crate) static CHECK: Check = Check {
    name: "watch-manage",
    about: "A ping reaches the watch alone; the record of requests shows each attempt whole, the newest first, and is selected by \
            outcome, event, object and identifier; what a request or a change was for is sent again under its identifier.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| {
        at_home(api, &[], |watch| {
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
    let told = watching.one(&inbox, watch.id(), Event::Ping)?;
    if watching.reading.identifies() {
        record::is(harness, "a ping", &ping, &json!({ "webhookId": told.id }))?;
    }
    let made = harness.make(watching.of)?;
    let created = watching.one(&inbox, made.id(), Event::Created)?;
    watching.one(&other, made.id(), Event::Created)?;
    harness.ensure(watching.so_far(&other, watch.id()).is_empty(), || {
        "a ping reaches the watch alone".to_owned()
    })?;
    let mut query = format!(
        "{}&outcome=delivered&resourceId={}",
        of_creates(&watching, &watch),
        made.id()
    );
    if !created.id.is_empty() {
        query.push_str(&format!("&webhookId={}", created.id));
    }
    let found = on_record(harness, &query, &inbox)?;
    let request = &found[0];
    harness.ensure(found.len() == 1, || {
        format!("one request of this notification is on record, got {found:?}")
    })?;
    let about = (watching.reading.look.name(Event::Created), made.id());
    record::judge(harness, request, &created, about, &inbox)?;
    let all = recorded(harness, &at("/requests"), 2)?;
    let newest = all
        .windows(2)
        .all(|pair| number(&pair[0]) > number(&pair[1]));
    harness.ensure(newest && all.contains(request) && all.len() == 2, || {
        format!("all requests are on record, the newest first, got {all:?}")
    })?;
    by_each(harness, &at("/requests"), request, &all)?;
    let own = format!("/requests/{}", request["id"].as_str().unwrap_or_default());
    let one = harness.expect(200, &Request::get(&at(&own)))?.json();
    harness.ensure(one == *request, || {
        "one request is shown as the list shows it".to_owned()
    })?;
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
    again(&watching, &inbox, &made, 2)?;
    // What is still under way is not sent again; it is on record once it is settled.
    attempts(harness, &at("/requests"), 3)?;
    // The number of a change stands before its notification's first `-`.
    let id = request["webhookId"].as_str().unwrap_or_default();
    let change = id.split('-').next();
    let Some(change) = change.and_then(|text| text.parse::<u64>().ok()) else {
        return harness.fail(format!("`{id}` begins with the number of its change"));
    };
    let range = post("/redeliver").json(&json!({ "from": change, "to": change }));
    let sent = harness.expect(202, &range)?.json();
    record::is(harness, "sending a change again", &sent, &one)?;
    again(&watching, &inbox, &made, 3)?;
    attempts(harness, &at("/requests"), 4)
}

/// Judges the log by each parameter alone: of a ping and a create, both taken, it selects
/// the create or both.
fn by_each(
    harness: &Harness<'_>,
    log: &str,
    create: &Value,
    all: &[Value],
) -> Result<(), CheckError> {
    let one = [create.clone()];
    for (name, member, selected) in [
        ("event", "event", &one[..]),
        ("resourceId", "resourceId", &one),
        ("webhookId", "webhookId", &one),
        ("outcome", "outcome", all),
    ] {
        let value = create[member].as_str().unwrap_or_default();
        let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
        let query = format!("{log}?{name}={value}");
        let found = harness.expect(200, &Request::get(&query))?.json();
        let items = found["items"].as_array().map(Vec::as_slice);
        harness.ensure(items == Some(selected), || {
            format!("`{name}` alone selects {selected:?}, got {found}")
        })?;
    }
    let none = Request::get(&format!("{log}?outcome=dead"));
    let found = harness.expect(200, &none)?.json();
    harness.ensure(found["items"] == json!([]), || {
        format!("no request is given up, got {found}")
    })?;
    for (query, name, code) in [
        ("outcom=delivered", "outcom", "unknown_parameter"),
        ("outcome=failed", "outcome", "not_a_value"),
        ("limit=0", "limit", "not_a_value"),
        ("before=x", "before", "not_a_value"),
        ("outcome=dead&outcome=dead", "outcome", "repeated_parameter"),
    ] {
        harness.refused_query(&Request::get(&format!("{log}?{query}")), &[(name, code)])?;
    }
    Ok(())
}

/// The number of a request on record.
fn number(record: &Value) -> Option<u64> {
    record["id"].as_str()?.parse().ok()
}

/// Where the log shows the notifications of creates.
pub(super) fn of_creates(watching: &Watching<'_>, watch: &Fixture) -> String {
    let name = watching.reading.look.name(Event::Created);
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!("{}/requests?event={name}", watch.path)
}

/// Waits until the log has an entry; returns the entries, which are of this watch alone.
pub(super) fn on_record(
    harness: &Harness<'_>,
    path: &str,
    inbox: &Inbox,
) -> Result<Vec<Value>, CheckError> {
    let found = recorded(harness, path, 1)?;
    let mut others = found
        .iter()
        .filter(|one| one["address"] != inbox.url.as_str());
    match others.next() {
        Some(other) => harness.fail(format!(
            "the record of a watch has what went to `{}` alone, got {}",
            inbox.url, other["address"]
        )),
        None => Ok(found),
    }
}

/// Waits until so many requests are on record, and judges that no others come.
fn attempts(harness: &Harness<'_>, path: &str, count: usize) -> Result<(), CheckError> {
    recorded(harness, path, count)?;
    std::thread::sleep(STRAY);
    let found = recorded(harness, path, count)?.len();
    harness.ensure(found == count, || {
        format!("{count} attempts are on record, each once, got {found}")
    })
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

/// Waits until the notification of a create has arrived so often.
fn again(
    watching: &Watching<'_>,
    inbox: &Inbox,
    made: &Fixture,
    times: usize,
) -> Result<(), CheckError> {
    let (harness, reading) = (watching.harness, &watching.reading);
    let twice = inbox.wait(harness.patience(), |taken| {
        let own = |one: &&crate::model::Request| {
            reading.is_about(one, made.id()) && reading.tells(one, Event::Created)
        };
        taken.iter().filter(own).count() == times
    });
    let once = !reading.identifies() || watching.so_far(inbox, made.id()).len() == 1;
    harness.ensure(twice && once, || {
        format!(
            "what tells of {} is sent again under its identifier",
            made.id()
        )
    })
}
