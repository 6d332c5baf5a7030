//! Signatures of notifications.

use fieldproof_spec::model::{Api, Event, Role, Signature};
use serde_json::{Value, json};

use super::verify::{by_pair, by_secret};
use super::{Notice, Watching, look, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-signature",
    about: "A watch that asks for it is signed to by the documented scheme, without one as Standard Webhooks describes, \
            by each of its keys over all that the scheme signs, and no longer by one that is disabled; another watch is \
            not signed to.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| {
        with_roles(api, &[Role::Signed, Role::Keys], |watch| {
            let own = watch.watch.iter();
            own.filter_map(|one| one.notification.signature_row())
                .collect()
        })
    },
    mutants,
    run,
};

/// Ways to break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let scheme = look(api, subject).map(|look| &look.signature.value);
    let (of_body, of_moment) = match scheme {
        None | Some(Signature::StandardWebhooks) => (false, false),
        Some(Signature::HexHmac { .. }) => (true, false),
        Some(Signature::Timestamped { .. }) => (false, true),
    };
    subject.resource_mutations_where(&[
        (true, Operator::SignatureMissing),
        (!of_body, Operator::SignatureOfBody),
        (true, Operator::SignatureOfFirst),
        (of_body || of_moment, Operator::SignatureOtherwise),
        (of_moment, Operator::SignatureStale),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let own = watching.watch.watch.as_ref();
    let Some(path) = own.and_then(|one| one.keys.as_deref()) else {
        return Ok(());
    };
    let Some(scheme) = watching.reading.look.signature.said() else {
        let why = "nothing says how notifications are signed";
        return Err(CheckError::Skip(why.to_owned()));
    };
    let make = |algorithm: &str| -> Result<Value, CheckError> {
        let body = json!({ "name": harness.word(), "algorithm": algorithm });
        let request = Request::new("POST", path).json(&body);
        Ok(harness.expect(201, &request)?.json())
    };
    let disable = |key: &Value| {
        let id = key["id"].as_str().unwrap_or_default();
        harness.expect(204, &Request::new("DELETE", &format!("{path}/{id}")))
    };
    // Only Standard Webhooks signs by pairs of keys.
    let other = match scheme {
        Signature::StandardWebhooks => "ed25519",
        Signature::HexHmac { .. } | Signature::Timestamped { .. } => "hmac-sha256",
    };
    let (first, second) = (make("hmac-sha256")?, make(other)?);
    let verifies = |notice: &Notice, key: &Value| match key["secret"].as_str() {
        Some(secret) => by_secret(scheme, notice, secret),
        None => by_pair(notice, key["publicKey"].as_str().unwrap_or_default()).is_some(),
    };
    let (signed, plain) = (harness.inbox()?, harness.inbox()?);
    watching.register(&plain, &[])?;
    let ids = json!([first["id"], second["id"]]);
    let with = [(Role::Signed, json!(true)), (Role::Keys, ids)];
    watching.register(&signed, &with)?;
    let made = harness.make(watching.of)?;
    let notice = watching.one(&signed, made.id(), Event::Created)?;
    let name = scheme.header();
    for key in [&first, &second] {
        harness.ensure(verifies(&notice, key), || {
            let algorithm = &key["algorithm"];
            let sent = notice.header(name);
            format!("a signature by a key of {algorithm} verifies, got {sent:?} in `{name}`")
        })?;
    }
    let unsigned = watching.one(&plain, made.id(), Event::Created)?;
    harness.ensure(unsigned.header(name).is_none(), || {
        "a watch that does not ask for it is not signed to".to_owned()
    })?;
    disable(&first)?;
    watching.change(&made)?;
    let notice = watching.one(&signed, made.id(), Event::Updated)?;
    harness.ensure(
        !verifies(&notice, &first) && verifies(&notice, &second),
        || "a key that is disabled signs no more, and the other one does".to_owned(),
    )?;
    disable(&second).map(drop)
}
