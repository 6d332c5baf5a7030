//! Pairs of headers that identify the caller.

use fieldproof_spec::model::{QueryCredentials, Refusal};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request, Role};
use crate::http::encode;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart, first_resource_mutations};

pub(crate) static CHECK: Check = Check {
    name: "credentials",
    about: "A token and the client it was given to, in their two headers, name the caller as a bearer token does; one of \
            them alone, or two that do not belong together, answers 401. In the query string they are parameters that \
            nobody documents, unless the switch says otherwise.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| match api.auth_headers {
        Some(_) => vec![Subject::new(
            "auth.headers".to_owned(),
            "",
            SubjectPart::Whole,
            &[&api.auth],
        )],
        None => Vec::new(),
    },
    mutants: |api, _| first_resource_mutations(api, &[Operator::PairIgnored]),
    run,
};

fn run(harness: &Harness<'_>, _: &Subject) -> Result<(), CheckError> {
    let Some(pair) = &harness.api.auth_headers else {
        return Ok(());
    };
    let readable = harness
        .api
        .resources
        .iter()
        .find(|one| one.list.is_some() && one.parent.is_none());
    let Some(resource) = readable else {
        return Ok(());
    };
    let main = harness.token(Role::Main).unwrap_or_default();
    let main = main.as_str();
    let read = |token: Option<&str>, client: Option<&str>| {
        let mut request = Request::get(&resource.path).by(Role::Nobody);
        for (name, value) in [(&pair.token, token), (&pair.client, client)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        request
    };
    harness.expect(200, &read(Some(main), Some(main)))?;
    harness.refused(Refusal::Unauthenticated, &read(Some(main), None))?;
    harness.refused(Refusal::Unauthenticated, &read(None, Some(main)))?;
    harness.refused(Refusal::Unauthenticated, &read(Some(main), Some("another")))?;
    harness.refused(
        Refusal::Unauthenticated,
        &read(Some("another"), Some("another")),
    )?;
    let Some((id, token)) = harness.client() else {
        return Err(CheckError::Skip(
            "no client: give --token client=ID:TOKEN".to_owned(),
        ));
    };
    harness.expect(200, &read(Some(token), Some(id)))?;
    harness.refused(Refusal::Unauthenticated, &read(Some(main), Some(id)))?;
    harness.refused(
        Refusal::Unauthenticated,
        &read(Some(token), Some(&format!("{id}0"))),
    )?;
    let by_query = format!(
        "{}?{}={}&{}={}",
        resource.path,
        pair.token,
        encode(token),
        pair.client,
        encode(id)
    );
    let status = match harness.api.switches.query_credentials {
        QueryCredentials::Refuse => 401,
        QueryCredentials::Accept => 200,
    };
    harness
        .expect(status, &Request::get(&by_query).by(Role::Nobody))
        .map(drop)
}
