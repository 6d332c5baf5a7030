//! All requests that write a member.

use fieldproof_spec::model::{Field, Resource};
use serde_json::{Map, Value, json};

use crate::harness::{CheckError, Exchange, Fixture, Harness, Request};
use crate::model::below;

/// Requests that write a value of a member: a create, and a change by each method.
pub(crate) fn writes(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
    value: &Value,
) -> Vec<Request> {
    let mut all = Vec::new();
    if resource.create.is_some() && field.on_create() {
        let with: Map<String, Value> = [(field.name.clone(), value.clone())].into_iter().collect();
        let body = Value::Object(harness.small_body(resource, &with));
        all.push(harness.create(resource, &made.collection).json(&body));
    }
    all.extend(changes(harness, resource, field, made, value));
    all
}

/// Requests that change a member, one for each method of the update.
pub(crate) fn changes(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
    value: &Value,
) -> Vec<Request> {
    let update = resource.update.iter().filter(|_| field.on_update());
    let verbs = update.flat_map(|update| &update.verbs);
    verbs
        .map(|verb| {
            let body = json!({ &field.name: value });
            harness.change_by(resource, &made.path, *verb, &body)
        })
        .collect()
}

/// Sends a request that only a point of the dialect forbids. If the dialect says nothing
/// about it, the request may succeed, and then the answer must be in order.
pub(crate) fn refused_or_well(
    harness: &Harness<'_>,
    request: &Request,
    field: &Field,
    codes: &[&str],
    said: bool,
    is_well: impl Fn(&Value) -> bool,
) -> Result<(), CheckError> {
    let pointer = below("", &field.name);
    if said {
        return harness.expect_violation(request, &pointer, codes).map(drop);
    }
    let exchange = harness.send(request)?;
    if (400..500).contains(&exchange.status) {
        return Ok(());
    }
    well(harness, &exchange, field, is_well)
}

fn well(
    harness: &Harness<'_>,
    exchange: &Exchange,
    field: &Field,
    is_well: impl Fn(&Value) -> bool,
) -> Result<(), CheckError> {
    let json = exchange.json();
    let shown = json.get(&field.name).unwrap_or(&Value::Null);
    harness.ensure(!field.is_shown() || is_well(shown), || {
        format!(
            "`{}` keeps its documented type and value, got {shown}",
            field.name
        )
    })
}
