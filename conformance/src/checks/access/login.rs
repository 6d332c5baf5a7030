//! Objects with tokens of their own.

use fieldproof_spec::model::{Field, Refusal};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request, Role};
use crate::kind::kind;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};

pub(crate) static CHECK: Check = Check {
    name: "login",
    about: "The token of an object is known and may do nothing, 403, while the object is as it has to be; otherwise, and \
            when the object is gone, it is not known, 401.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| {
        let found = api.resources.iter().filter(|one| one.create.is_some());
        let subject = |login: &fieldproof_spec::model::Login, name: &str| {
            Subject::new(
                name.to_owned(),
                name,
                SubjectPart::Field(login.token.clone()),
                &[&login.row],
            )
        };
        found
            .filter_map(|one| Some(subject(one.login.as_ref()?, &one.name)))
            .collect()
    },
    mutants: |_, subject| subject.resource_mutations(&[Operator::LoginOpen, Operator::LoginStale]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let needs = resource.login.iter().flat_map(|login| &login.needs);
    let with: Map<String, Value> = needs
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    let made = harness.make_with(resource, &with)?;
    let name = subject.part.name();
    let token = made.shown.get(&name).and_then(Value::as_str);
    let Some(token) = token.map(str::to_owned) else {
        return harness.fail(format!("`{name}` is text"));
    };
    let call = |method: &str, path: &str| {
        let request = Request::new(method, path).by(Role::Nobody);
        request.header("authorization", &format!("Bearer {token}"))
    };
    let body = Value::Object(harness.small_body(resource, &Map::new()));
    harness.refused(Refusal::Forbidden, &call("GET", &made.collection))?;
    harness.refused(Refusal::Forbidden, &call("GET", &made.path))?;
    harness.refused(
        Refusal::Forbidden,
        &call("POST", resource.create_path()).json(&body),
    )?;
    if let Some(pair) = &harness.api.auth_headers {
        let by_pair = Request::get(&made.collection).by(Role::Nobody);
        let by_pair = by_pair
            .header(&pair.token, &token)
            .header(&pair.client, &token);
        harness.refused(Refusal::Forbidden, &by_pair)?;
    }
    for (name, value) in &with {
        let Some(other) = resource.field(name).and_then(|field| another(field, value)) else {
            continue;
        };
        harness.expect(
            200,
            &harness.change(resource, &made.path, &json!({ name: other }))?,
        )?;
        harness.refused(Refusal::Unauthenticated, &call("GET", &made.collection))?;
        harness.expect(
            200,
            &harness.change(resource, &made.path, &json!({ name: value }))?,
        )?;
        harness.refused(Refusal::Forbidden, &call("GET", &made.collection))?;
    }
    if resource.delete.is_some() {
        harness.send(&Request::new("DELETE", &made.path))?;
        harness.refused(Refusal::Unauthenticated, &call("GET", &made.collection))?;
    }
    Ok(())
}

/// Another value of the field's closed list.
fn another(field: &Field, value: &Value) -> Option<String> {
    let values = kind(&field.ty).closed()?;
    values.into_iter().find(|other| value != other)
}
