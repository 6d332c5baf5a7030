//! Whether the service can send to this machine at all. If not, all obligations about
//! watches report the same reason, and none of them fails.

use serde_json::Value;

use super::Watching;
use crate::harness::{CheckError, Inbox, Request};
use crate::model::{below, path};
use fieldproof_spec::model::Role;

/// Advice if nothing arrives.
const HELP: &str = "let the service send there (a server of fieldproof with `--allow-private-webhooks 127.0.0.0/8`), name \
                    an address of this machine that it reaches with `--receiver`, or leave watches out with \
                    `--receiver none`";

/// Ends a check that could not observe any notification; tested once per run.
pub(super) fn reach(watching: &Watching<'_>) -> Result<(), CheckError> {
    let Some(receiver) = watching.harness.receiver() else {
        return Ok(());
    };
    match receiver.missed(|| missed(watching).ok().flatten()) {
        Some(why) => Err(CheckError::Inconclusive(why)),
        None => Ok(()),
    }
}

/// Why nothing arrives; `None` if something does, or if a check has to report the fault.
fn missed(watching: &Watching<'_>) -> Result<Option<String>, CheckError> {
    let Watching {
        harness, watch, of, ..
    } = watching;
    let Some(create) = &watch.create else {
        return Ok(None);
    };
    let inbox = harness.inbox()?;
    let body = harness.small_body(watch, &watching.body(&inbox, &[]));
    let request = harness
        .create(watch, &watch.path)
        .json(&Value::Object(body));
    let made = harness.send(&request)?;
    if made.status == harness.api.switches.validation_status {
        let place = harness.api.place(watch, Role::Address).unwrap_or_default();
        let place: String = place.iter().map(|one| below("", &one.name)).collect();
        let errors = made.json()["errors"].as_array().cloned();
        let errors = errors.unwrap_or_default();
        let at = errors.iter().find(|error| error["pointer"] == *place);
        return Ok(at.map(|error| refused(&inbox, error)));
    }
    let id = made.json()[&watch.id].as_str().map(str::to_owned);
    let Some(id) = id.filter(|_| made.status == create.status) else {
        return Ok(None);
    };
    let own = path(watch, &[id]);
    if watch.delete.is_some() {
        harness.remember(&own);
    }
    // One of the two should arrive; faults of the other are reported by its own check.
    let ping = harness.send(&Request::new("POST", &format!("{own}/ping")));
    let change = harness.make(of);
    if ping.is_err() && change.is_err() || inbox.wait(harness.patience(), |taken| !taken.is_empty())
    {
        return Ok(None);
    }
    let seconds = harness.patience().as_secs();
    let host = inbox.host();
    Ok(Some(format!(
        "nothing that the service sends to {host} arrives within {seconds} s: {HELP}"
    )))
}

/// The message that the service refuses the address of the receiver.
fn refused(inbox: &Inbox, error: &Value) -> String {
    let host = inbox.host();
    let detail = error["detail"].as_str().unwrap_or_default();
    format!("the service refuses to send to {host} ({detail}): {HELP}")
}
