//! Media types of bodies.

use fieldproof_spec::model::{Api, Edges, Operation, Refusal, Resource, Verb};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request, collection};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, owed};

pub(crate) static CHECK: Check = Check {
    name: "media",
    about: "A body is read as application/json or without a label, but for PUT as another +json type as well, and as a \
            form label only where that is documented and the text is an object; other types are refused with 415, with \
            the types that are read in `Accept`, for PATCH in `Accept-Patch` too. PUT with `Content-Range` is refused \
            with 400.",
    severity: Severity::Minor,
    waits: false,
    oblige: |api| {
        let all = [Operation::Create, Operation::Update];
        let strict = api.dialect.edges.row_if(Edges::Refused);
        let own = Some(&api.media).filter(|_| api.json_in_form);
        owed(strict.or(own), each_operation(api, &all, &[&api.media]))
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let resource = subject.resource(api);
    let verbs = match subject.operation() {
        Operation::Create => resource.create.as_ref().map(|one| &one.verbs),
        _ => resource.update.as_ref().map(|one| &one.verbs),
    };
    let put = verbs.is_some_and(|verbs| verbs.contains(&Verb::Put));
    subject.mutations_where(&[
        (true, Operator::MediaIgnored),
        (true, Operator::FormatsUnnamed),
        (put, Operator::PutTakesAny),
        (put, Operator::RangeTaken),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    let create = resource.create.as_ref().map(|one| &one.verbs);
    let update = resource.update.as_ref().map(|one| &one.verbs);
    let verbs = match subject.operation() {
        Operation::Create => create,
        _ => update,
    };
    for verb in verbs.into_iter().flatten() {
        of_verb(harness, resource, &made, subject, *verb)?;
    }
    Ok(())
}

/// Labels of JSON bodies.
const JSON: [&str; 3] = [
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON",
];

/// Unsupported media types.
const OTHERS: [&str; 3] = [
    "text/plain",
    "application/xml",
    "multipart/form-data; boundary=x",
];

/// Requests of one method with different labels.
struct Labelled<'a, 'b> {
    harness: &'a Harness<'b>,
    resource: &'a Resource,
    made: &'a Fixture,
    verb: Verb,
    creates: bool,
}

impl Labelled<'_, '_> {
    /// A request with a label and a body; without a body with a legal one.
    fn request(&self, label: Option<&str>, body: Option<&str>) -> Result<Request, CheckError> {
        let (harness, resource, made) = (self.harness, self.resource, self.made);
        let mut request = match self.creates {
            true => {
                let above = &made.ids[..made.ids.len() - 1];
                let collection = collection(resource, &harness.beside(resource, above)?);
                let body = harness.small_body(resource, &Map::new());
                harness
                    .create(resource, &collection)
                    .json(&Value::Object(body))
            }
            false => harness.change_by(resource, &made.path, self.verb, &json!({})),
        };
        request.method = self.verb.as_str().to_owned();
        request.headers.clear();
        if let Some(body) = body {
            request = request.bytes(body.into());
        }
        Ok(match label {
            Some(label) => request.header("content-type", label),
            None => request,
        })
    }

    /// Judges that a label is refused, with the types that are read.
    fn refuse(&self, label: Option<&str>, body: Option<&str>) -> Result<(), CheckError> {
        let request = self.request(label, body)?;
        let exchange = self.harness.refused(Refusal::MediaType, &request)?;
        let mut names = vec!["accept"];
        names.extend((self.verb == Verb::Patch).then_some("accept-patch"));
        for name in names {
            let formats = exchange.header(name).unwrap_or_default();
            self.harness
                .ensure(formats.contains("application/json"), || {
                    format!("`{name}` names the types that are read")
                })?;
        }
        Ok(())
    }
}

fn of_verb(
    harness: &Harness<'_>,
    resource: &Resource,
    made: &Fixture,
    subject: &Subject,
    verb: Verb,
) -> Result<(), CheckError> {
    let creates = subject.operation() == Operation::Create;
    let status = match &resource.create {
        Some(create) if creates => create.status,
        _ => 200,
    };
    let labelled = Labelled {
        harness,
        resource,
        made,
        verb,
        creates,
    };
    let request = |label, body| labelled.request(label, body);
    let refuse = |label, body| labelled.refuse(label, body);
    for label in JSON {
        harness.expect(status, &request(Some(label), None)?)?;
    }
    if !harness.api.dialect.edges.is(Edges::Refused) {
        let form = Some("application/x-www-form-urlencoded");
        return harness.expect(status, &request(form, None)?).map(drop);
    }
    harness.expect(status, &request(None, None)?)?;
    let other = Some("application/vnd.x+json");
    match verb {
        Verb::Put => {
            refuse(other, None)?;
            refuse(Some("application/merge-patch+json"), None)?;
            let part =
                request(Some("application/json"), None)?.header("content-range", "bytes 0-1/*");
            harness.refused(Refusal::Query, &part)?;
        }
        Verb::Patch => {
            harness.expect(status, &request(other, None)?)?;
            harness.expect(
                status,
                &request(Some("application/merge-patch+json"), None)?,
            )?;
        }
        _ => {
            harness.expect(status, &request(other, None)?)?;
        }
    }
    let form = Some("application/x-www-form-urlencoded");
    match harness.api.json_in_form {
        true => harness.expect(status, &request(form, None)?).map(drop)?,
        false => refuse(form, None)?,
    }
    refuse(form, Some("a=1"))?;
    for label in OTHERS {
        refuse(Some(label), None)?;
    }
    Ok(())
}
