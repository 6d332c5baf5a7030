//! Members that the server keeps, as clients send them back.

use fieldproof_spec::model::{Field, Form, Mode, Resource};
use fieldproof_spec::value::below;
use serde_json::{Map, Value};

use super::object::Violation;
use super::time::instant;
use super::value::alike;

/// Judges the members of a change that the client does not write.
pub(super) fn judge(
    resource: &Resource,
    body: &Map<String, Value>,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    found: &mut Vec<Violation>,
) {
    for field in resource.fields.iter().filter(|field| !field.on_update()) {
        let Some(sent) = body.get(&field.name) else {
            continue;
        };
        let (before, after) = (before.get(&field.name), after.get(&field.name));
        let same = |kept: Option<&Value>| kept.is_some_and(|kept| alike(kept, sent));
        let accepted = match () {
            () if field.derive.is_some() => same(before) || same(after),
            () if is_time(resource, field) => is_old(sent, before),
            () => same(before),
        };
        if !accepted {
            let code = if field.mode == Mode::Immutable {
                "immutable"
            } else {
                "read_only"
            };
            found.push(Violation::new(&below("", &field.name), code));
        }
    }
}

fn is_time(resource: &Resource, field: &Field) -> bool {
    let times = resource.times.as_ref();
    times.is_some_and(|times| field.name == times.created || field.name == times.updated)
}

/// A time that is not later than the kept one is an old echo of it.
fn is_old(sent: &Value, kept: Option<&Value>) -> bool {
    let moment = |value: &Value| {
        let text = value.as_str()?;
        instant(Form::MillisZ, text).or_else(|| instant(Form::Local, text))
    };
    matches!((moment(sent), kept.and_then(moment)), (Some(sent), Some(kept)) if sent <= kept)
}
