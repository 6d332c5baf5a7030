//! Secrets that clients send.

use fieldproof_spec::model::{Refusal, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;
use crate::subject::member::{members, mutations, resolve};
use crate::support::whole;

pub(crate) static CHECK: Check = Check {
    name: "secret",
    about: "Of a secret every answer shows whether there is one, and no answer the secret; what is shown can be sent \
            back and keeps it, and is refused where there is none.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| members(api, |field| matches!(field.ty, Type::Secret { .. })),
    mutants: |api, subject| mutations(api, subject, &[Operator::SecretShown, Operator::SecretLost]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let Some((resource, field, _, member)) = resolve(harness.api, subject) else {
        return Ok(());
    };
    let word = harness.fresh_for(member, &Map::new());
    let word = word.as_str().unwrap_or_default().to_owned();
    let mut sent = whole(harness, &field.ty, member, true);
    sent[&member.name] = word.clone().into();
    let sent = if field.list { json!([sent]) } else { sent };
    let with: Map<String, Value> = [(field.name.clone(), sent)].into_iter().collect();
    let made = harness.make_with(resource, &with)?;
    let place = below(&below("", &field.name), &member.name);
    let hidden = |request: Request| -> Result<Value, CheckError> {
        let exchange = harness.expect(200, &request)?;
        harness.ensure(!exchange.reply.contains(&word), || {
            format!("`{place}` is in no answer")
        })?;
        Ok(exchange.json())
    };
    let created = Value::Object(made.shown.clone());
    harness.ensure(!created.to_string().contains(&word), || {
        format!("`{place}` is in no answer")
    })?;
    if !field.is_shown() || field.list {
        return Ok(());
    }
    let shown = match resource.get {
        Some(_) => hidden(Request::get(&made.path))?,
        None => created,
    };
    harness.ensure(shown.pointer(&place) == Some(&json!(true)), || {
        format!(
            "`{place}` is shown as true, got {:?}",
            shown.pointer(&place)
        )
    })?;
    if resource.list.is_some() {
        hidden(Request::get(&made.collection))?;
    }
    let none = json!({ &field.name: shown[&field.name] });
    if resource.update.is_some() && field.on_update() {
        let echoed = hidden(harness.change(resource, &made.path, &none)?)?;
        harness.ensure(echoed.pointer(&place) == Some(&json!(true)), || {
            format!("`{place}` is kept when it is sent back as it is shown")
        })?;
        if resource.get.is_some() {
            let again = harness.expect(200, &Request::get(&made.path))?;
            let same = again.header("etag") == Some(&made.etag);
            harness.ensure(same || !harness.has_tags(), || {
                "sending back what is shown changes nothing".to_owned()
            })?;
        }
    }
    let mut body = harness.small_body(resource, &Map::new());
    body.insert(field.name.clone(), shown[&field.name].clone());
    let create = harness
        .create(resource, &made.collection)
        .json(&Value::Object(body));
    let refused = harness.refused(Refusal::Validation, &create)?;
    let named = harness.names(&refused, &place, &[]);
    harness.ensure(named, || {
        format!("there is nothing that `{place}` of a new object could keep")
    })
}
