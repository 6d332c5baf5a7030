//! The documented header fields and envelope of notifications.

use fieldproof_spec::model::{Event, MomentForm, Notification};
use serde_json::Value;

use super::clock::is_now;
use super::reading::{Notice, said_header};
use super::watching::Watching;
use crate::harness::CheckError;
use crate::mutant::Operator;

/// The mutants for the documented parts of notifications.
pub(super) fn mutants(look: &Notification) -> Vec<(bool, Operator)> {
    let envelope = look.envelope();
    let member =
        |of: fn(&fieldproof_spec::model::NotificationEnvelope) -> bool| envelope.is_some_and(of);
    let event = said_header(&look.event_in).is_some();
    vec![
        (envelope.is_some(), Operator::NoticeBare),
        (member(|one| one.id.is_some()), Operator::NoticeNumbered),
        (member(|one| one.time.is_some()), Operator::NoticeUntimed),
        (member(|one| one.time.is_some()), Operator::NoticeTimeForm),
        (
            event || member(|one| one.event.is_some()),
            Operator::NoticeMisnamed,
        ),
        (event, Operator::NoticeUnnamed),
        (
            said_header(&look.object_in).is_some(),
            Operator::NoticeUnaddressed,
        ),
        (
            said_header(&look.id_in).is_some(),
            Operator::NoticeUnnumbered,
        ),
        (
            said_header(&look.timestamp_in).is_some(),
            Operator::NoticeUndated,
        ),
    ]
}

/// Fails unless a notification has its documented header fields and envelope.
pub(super) fn shaped(
    watching: &Watching<'_>,
    notice: &Notice,
    event: Event,
) -> Result<(), CheckError> {
    let (harness, reading) = (watching.harness, &watching.reading);
    if let Some(name) = said_header(&reading.look.id_in) {
        harness.ensure(!notice.id.is_empty(), || {
            format!("a notification has its identifier in `{name}`")
        })?;
    }
    if let Some(name) = said_header(&reading.look.timestamp_in) {
        let sent = notice.header(name).unwrap_or_default();
        harness.ensure(sent.parse().is_ok_and(is_now), || {
            format!("`{name}` is the second it is sent at, got `{sent}`")
        })?;
    }
    enveloped(watching, notice, event)
}

/// Fails unless the members of the envelope are as documented.
fn enveloped(watching: &Watching<'_>, notice: &Notice, event: Event) -> Result<(), CheckError> {
    let (harness, reading) = (watching.harness, &watching.reading);
    let Some(envelope) = reading.look.envelope() else {
        return Ok(());
    };
    let body = notice.json();
    if let Some(member) = &envelope.id {
        let id = body[member].as_str().unwrap_or_default();
        harness.ensure(!id.is_empty() && id == notice.id, || {
            let sent = &body[member];
            format!("`{member}` is the identifier of the notification, got {sent}")
        })?;
    }
    if let (Some(member), Some(name)) = (&envelope.event, reading.name(event)) {
        harness.ensure(body[member] == name, || {
            format!("`{member}` is `{name}`, got {}", body[member])
        })?;
    }
    if let Some((member, form)) = &envelope.time {
        let moment = seconds(&body[member], *form);
        harness.ensure(moment.is_some_and(is_now), || {
            let form = match form {
                MomentForm::MillisZ => "as `2021-01-01T00:00:00.000Z`",
                MomentForm::SecondsZ => "as `2021-01-01T00:00:00Z`",
                MomentForm::Unix => "in seconds since 1970-01-01T00:00:00Z",
            };
            let sent = &body[member];
            format!("`{member}` is the moment of the change {form}, got {sent}")
        })?;
    }
    Ok(())
}

/// A time in seconds since 1970-01-01T00:00:00Z, if it has this form.
fn seconds(value: &Value, form: MomentForm) -> Option<i64> {
    let text = || {
        let moment: jiff::Timestamp = value.as_str()?.parse().ok()?;
        let written = match form {
            MomentForm::SecondsZ => format!("{moment:.0}"),
            MomentForm::MillisZ | MomentForm::Unix => format!("{moment:.3}"),
        };
        (value == &written).then(|| moment.as_second())
    };
    match form {
        MomentForm::MillisZ | MomentForm::SecondsZ => text(),
        MomentForm::Unix => value.as_i64(),
    }
}
