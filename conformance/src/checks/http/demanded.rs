//! Changes that have to name a version.

use fieldproof_spec::model::{IfMatch, Operation, Refusal, Resource, Validators};
use serde_json::{Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, owed};
use crate::support::one_change;
use crate::support::{added, unchanged};

pub(crate) static CHECK: Check = Check {
    name: "demanded",
    about: "A change or removal without `If-Match` is refused with 428 and changes nothing, where the switch `if_match` \
            says so; with the current ETag it is done.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| match api.switches.if_match {
        IfMatch::Required => {
            let all = [Operation::Update, Operation::Append, Operation::Delete];
            let strong = api.dialect.validators.row_if(Validators::Strong);
            owed(strong, each_operation(api, &all, &[]))
        }
        IfMatch::Optional => Vec::new(),
    },
    mutants: |_, subject| subject.mutations(&[Operator::ConditionUnasked]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let mut made = harness.make(resource)?;
    let (status, requests) = match subject.operation() {
        Operation::Update => (200, updates(harness, resource, &made)),
        Operation::Append => {
            let body = addition(harness, resource, &made);
            (200, vec![harness.append(resource, &made.path, &body)])
        }
        _ => {
            let status = resource.delete.as_ref().map_or(204, |delete| delete.status);
            (status, vec![Request::new("DELETE", &made.path)])
        }
    };
    for request in requests {
        harness.refused(Refusal::Unconditional, &request.clone().bare())?;
        unchanged(harness, resource, &made)?;
        let exchange = harness.expect(status, &request.header("if-match", &made.etag))?;
        if let Value::Object(shown) = exchange.json() {
            made.shown = shown;
        }
        made.etag = exchange.header("etag").unwrap_or_default().to_owned();
    }
    Ok(())
}

/// A request for each update method; it changes something if a member can change alone.
fn updates(harness: &Harness<'_>, resource: &Resource, made: &Fixture) -> Vec<Request> {
    let verbs = resource.update.iter().flat_map(|update| &update.verbs);
    verbs
        .map(|verb| {
            let body = one_change(harness, resource, &made.shown).unwrap_or_else(|| json!({}));
            harness.change_by(resource, &made.path, *verb, &body)
        })
        .collect()
}

/// A body that appends to a list with room for one more; an empty object if none has.
fn addition(harness: &Harness<'_>, resource: &Resource, made: &Fixture) -> Value {
    let names = resource.append.iter().flat_map(|append| &append.fields);
    let mut fields = names.filter_map(|name| resource.field(name));
    let open = fields.find(|field| {
        let list = made.shown.get(&field.name).and_then(Value::as_array);
        list.is_some_and(|list| {
            field
                .max_items
                .is_none_or(|most| list.len() < most as usize)
        })
    });
    match open {
        Some(field) => json!({ &field.name: [added(harness, field).last()] }),
        None => json!({}),
    }
}
