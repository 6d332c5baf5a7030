//! Read-only members that clients send back.

use fieldproof_spec::model::{Field, Form, Resource};
use serde_json::Value;

use super::time::instant;
use super::value::alike;

/// Whether a client only sends back a value it was shown, in a member that it cannot write;
/// `after` is the value that a computed member will have.
pub(super) fn is_sent_back(
    resource: &Resource,
    field: &Field,
    sent: &Value,
    before: Option<&Value>,
    after: Option<&Value>,
) -> bool {
    let same = |kept: Option<&Value>| kept.is_some_and(|kept| alike(kept, sent));
    match () {
        () if field.derive.is_some() => same(before) || same(after),
        () if is_time(resource, field) => is_old(sent, before),
        () => same(before),
    }
}

fn is_time(resource: &Resource, field: &Field) -> bool {
    let times = resource.times.as_ref();
    times.is_some_and(|times| field.name == times.created || field.name == times.updated)
}

/// Whether a sent time is at or before the stored one, and thus an old value sent back.
fn is_old(sent: &Value, kept: Option<&Value>) -> bool {
    let at = |value: &Value| {
        let text = value.as_str()?;
        instant(Form::MillisZ, text).or_else(|| instant(Form::Local, text))
    };
    matches!((at(sent), kept.and_then(at)), (Some(sent), Some(kept)) if sent <= kept)
}
