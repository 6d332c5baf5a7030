//! Watches that must not be notified.

use std::time::Duration;

use fieldproof_spec::model::{Api, Event, Row};
use serde_json::{Value, json};

use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness, Inbox, Request, Role as Caller};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;
use crate::support::other_value;

/// How long to wait for unwanted notifications after the expected ones.
const GRACE: Duration = Duration::from_millis(100);

pub(crate) static CHECK: Check = Check {
    name: "watch-silent",
    about: "A watch of another tenant, one that was removed and one that is switched off are told nothing.",
    severity: Severity::Critical,
    waits: true,
    oblige: |api| {
        with_roles(api, &[], |watch| {
            let needs = watch.watch.iter().flat_map(|one| one.needs.keys());
            let needs = needs.filter_map(|name| watch.field(name));
            let mut rows: Vec<&Row> = vec![&watch.row];
            rows.extend(needs.map(|field| &field.row));
            rows.extend(watch.delete.as_ref().map(|one| &one.row));
            rows
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let resource = subject.resource(api);
    let needs = resource
        .watch
        .as_ref()
        .is_some_and(|one| !one.needs.is_empty());
    subject.resource_mutations_where(&[
        (true, Operator::NoticeAcross),
        (resource.delete.is_some(), Operator::NoticeAfterRemoval),
        (needs, Operator::NoticeWhileOff),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let (watch, of) = (watching.watch, watching.of);
    let (open, removed, off) = (harness.inbox()?, harness.inbox()?, harness.inbox()?);
    watching.register(&open, &[])?;
    if let Some(delete) = &watch.delete {
        let gone = watching.register(&removed, &[])?;
        harness.expect(delete.status, &Request::new("DELETE", &gone.path))?;
    }
    let switched = switched_off(&watching, &off)?;
    let foreign = foreign(&watching)?;
    let made = harness.make(of)?;
    watching.notified(&open, made.id(), Event::Created)?;
    if let Some((path, switch)) = switched {
        let on = Value::Object(watching.body(&off, &[]));
        let needed = json!({ &switch: on[&switch] });
        harness.expect(200, &harness.change(watch, &path, &needed)?)?;
        watching.change(&made)?;
        let told = watching.notified(&off, made.id(), Event::Updated)?;
        harness.ensure(told.len() == 1, || {
            format!(
                "while `{switch}` is another one nothing is told, got {} notifications",
                told.len()
            )
        })?;
    }
    std::thread::sleep(GRACE);
    let late = watching.so_far(&removed, made.id());
    harness.ensure(late.is_empty(), || {
        "a watch that was removed is told nothing".to_owned()
    })?;
    let Some((inbox, path)) = foreign else {
        return Ok(());
    };
    let other = Request::new("DELETE", &path).by(Caller::OtherTenant);
    let told = watching.so_far(&inbox, made.id());
    harness.send(&other)?;
    harness.ensure(told.is_empty(), || {
        "a watch of another tenant is told nothing".to_owned()
    })
}

/// Registers a watch that is switched off; returns its path and the member that disables
/// it.
fn switched_off(
    watching: &Watching<'_>,
    inbox: &Inbox,
) -> Result<Option<(String, String)>, CheckError> {
    let Watching {
        harness, watch, of, ..
    } = watching;
    let needs = watch.watch.iter().flat_map(|one| one.needs.keys());
    let mut needs = needs.filter_map(|name| watch.field(name));
    let changed = watch.update.is_some() && of.update.is_some();
    let Some(field) = needs.next().filter(|_| changed) else {
        return Ok(None);
    };
    let mut body = watching.body(inbox, &[]);
    let needed = body[&field.name].clone();
    let owner = [(field.name.clone(), needed)].into_iter().collect();
    let other = other_value(harness, watch, field, &owner);
    body.insert(field.name.clone(), other);
    let made = harness.make_with(watch, &body)?;
    Ok(Some((made.path, field.name.clone())))
}

/// Registers a watch in another tenant, if there is one; returns its inbox and path.
fn foreign(watching: &Watching<'_>) -> Result<Option<(Inbox, String)>, CheckError> {
    let Watching { harness, watch, .. } = watching;
    let (Some(create), Some(_)) = (&watch.create, &watch.delete) else {
        return Ok(None);
    };
    let inbox = harness.inbox()?;
    let body = harness.small_body(watch, &watching.body(&inbox, &[]));
    let request = harness
        .create(watch, &watch.path)
        .json(&Value::Object(body));
    let made = match harness.expect(create.status, &request.by(Caller::OtherTenant)) {
        Err(CheckError::Skip(_)) => return Ok(None),
        made => made?,
    };
    let id = made.json()[&watch.id]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    Ok(Some((inbox, crate::model::path(watch, &[id]))))
}
