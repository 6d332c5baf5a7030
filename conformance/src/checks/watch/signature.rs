//! Signatures of notifications.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use fieldproof_spec::model::Role;
use http::HeaderMap;
use serde_json::{Value, json};
use standardwebhooks::Webhook;

use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness, Notice, Request};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-signature",
    about: "A watch that asks for it is signed to as Standard Webhooks describes, by each of its keys over identifier, \
            moment and body, and no longer by one that is disabled; another watch is not signed to.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| with_roles(api, &[Role::Signed, Role::Keys], |_| Vec::new()),
    mutants: |_, subject| {
        subject.resource_mutations(&[
            Operator::SignatureMissing,
            Operator::SignatureOfBody,
            Operator::SignatureOfFirst,
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let keys = watching
        .watch
        .watch
        .as_ref()
        .and_then(|one| one.keys.as_deref());
    let Some(path) = keys else {
        return Ok(());
    };
    let make = |algorithm: &str| -> Result<Value, CheckError> {
        let body = json!({ "name": harness.word(), "algorithm": algorithm });
        Ok(harness
            .expect(201, &Request::new("POST", path).json(&body))?
            .json())
    };
    let (secret, pair) = (make("hmac-sha256")?, make("ed25519")?);
    let disable = |key: &Value| {
        let id = key["id"].as_str().unwrap_or_default();
        harness.expect(204, &Request::new("DELETE", &format!("{path}/{id}")))
    };
    let (signed, plain) = (harness.inbox()?, harness.inbox()?);
    watching.register(&plain, &[])?;
    let ids = json!([secret["id"], pair["id"]]);
    let with = [(Role::Signed, json!(true)), (Role::Keys, ids)];
    watching.register(&signed, &with)?;
    let made = harness.make(watching.of)?;
    let notice = watching.one(&signed, made.id(), "created")?;
    let by_secret = secret["secret"].as_str().unwrap_or_default();
    harness.ensure(by_hmac(&notice, by_secret), || {
        format!(
            "a signature of HMAC-SHA256 verifies, got {:?}",
            notice.header("webhook-signature")
        )
    })?;
    let public = pair["publicKey"].as_str().unwrap_or_default();
    harness.ensure(by_pair(&notice, public).is_some(), || {
        format!(
            "a signature of Ed25519 verifies, got {:?}",
            notice.header("webhook-signature")
        )
    })?;
    let unsigned = watching.one(&plain, made.id(), "created")?;
    harness.ensure(unsigned.header("webhook-signature").is_none(), || {
        "a watch that does not ask for it is not signed to".to_owned()
    })?;
    disable(&secret)?;
    watching.change(&made)?;
    let notice = watching.one(&signed, made.id(), "updated")?;
    let still = by_hmac(&notice, by_secret);
    harness.ensure(!still && by_pair(&notice, public).is_some(), || {
        "a key that is disabled signs no more, and the other one does".to_owned()
    })?;
    disable(&pair).map(drop)
}

/// Whether a third-party library accepts the signature.
fn by_hmac(notice: &Notice, secret: &str) -> bool {
    let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    let mut headers = HeaderMap::new();
    for name in names {
        let value = notice.header(name).unwrap_or_default();
        let Ok(value) = value.parse() else {
            return false;
        };
        headers.insert(name, value);
    }
    let webhook = Webhook::new(secret);
    webhook.is_ok_and(|one| one.verify(&notice.request.body, &headers).is_ok())
}

/// Verifies the signature with a public key; `None` if no signature fits.
fn by_pair(notice: &Notice, public: &str) -> Option<()> {
    let key = STANDARD.decode(public.strip_prefix("whpk_")?).ok()?;
    let key = VerifyingKey::from_bytes(&key.try_into().ok()?).ok()?;
    let instant = notice.header("webhook-timestamp")?;
    let mut signed = format!("{}.{instant}.", notice.id).into_bytes();
    signed.extend(&notice.request.body);
    let signatures = notice.header("webhook-signature")?.split(' ');
    let mut own = signatures.filter_map(|one| STANDARD.decode(one.strip_prefix("v1a,")?).ok());
    own.find_map(|one| {
        let signature = Signature::from_slice(&one).ok()?;
        key.verify_strict(&signed, &signature).ok()
    })
}
