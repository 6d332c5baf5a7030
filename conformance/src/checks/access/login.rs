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
    let mut requests = Vec::new();
    requests.extend(resource.list.iter().map(|_| call("GET", &made.collection)));
    requests.extend(resource.get.iter().map(|_| call("GET", &made.path)));
    let verbs = resource.create.iter().flat_map(|create| &create.verbs);
    requests.extend(verbs.map(|verb| call(verb.as_str(), resource.create_path()).json(&body)));
    for request in &requests {
        harness.refused(Refusal::Forbidden, request)?;
    }
    let Some(any) = requests.first() else {
        return Ok(());
    };
    if let Some(pair) = &harness.api.auth_headers {
        let mut by_pair = any.clone();
        let own = |(name, _): &(String, String)| name != "authorization";
        by_pair.headers.retain(own);
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
        harness.refused(Refusal::Unauthenticated, any)?;
        harness.expect(
            200,
            &harness.change(resource, &made.path, &json!({ name: value }))?,
        )?;
        harness.refused(Refusal::Forbidden, any)?;
    }
    if resource.delete.is_some() {
        harness.send(&Request::new("DELETE", &made.path))?;
        harness.refused(Refusal::Unauthenticated, any)?;
    }
    Ok(())
}

/// Another value of the field's closed list.
fn another(field: &Field, value: &Value) -> Option<String> {
    let values = kind(&field.ty).closed()?;
    values.into_iter().find(|other| value != other)
}
