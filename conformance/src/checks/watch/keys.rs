//! The keys that notifications are signed with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::{Signature, UnknownMember, UnknownMembers};
use serde_json::{Value, json};

use super::clock::is_now;
use super::{Watching, record};
use crate::harness::{CheckError, Harness, Request};

/// A member that no key has.
const STRANGE: &str = "zzzUnknown";

/// Judges the keys at a path: what they show, which are refused, and what is left out.
pub(super) fn judge(watching: &Watching<'_>, path: &str) -> Result<(), CheckError> {
    let harness = watching.harness;
    once(harness, path)?;
    unknown(harness, path)?;
    // Only Standard Webhooks signs by pairs of keys.
    if watching.reading.look.signature.said() == Some(&Signature::StandardWebhooks) {
        public(harness, path)?;
    }
    wrong(harness, path)
}

/// A key is shown whole, its secret in the answer that made it and in no other.
fn once(harness: &Harness<'_>, path: &str) -> Result<(), CheckError> {
    let name = harness.word();
    let body = json!({ "name": name, "algorithm": "hmac-sha256" });
    let made = harness.expect(201, &Request::new("POST", path).json(&body))?;
    let mut key = made.json();
    let text = |name: &str| key[name].as_str().unwrap_or_default().to_owned();
    let (id, created) = (text("id"), text("created"));
    secret(harness, &key)?;
    let moment = created.parse::<jiff::Timestamp>();
    harness.ensure(moment.is_ok_and(|at| is_now(at.as_second())), || {
        format!("`created` is the moment that the key was made at, got `{created}`")
    })?;
    if let Some(members) = key.as_object_mut() {
        members.shift_remove("secret");
    }
    let mut expected = json!({
        "id": id,
        "name": name,
        "algorithm": "hmac-sha256",
        "publicKey": null,
        "created": created,
        "status": "enabled",
    });
    let own = format!("{path}/{id}");
    record::is(harness, "what makes a key", &key, &expected)?;
    harness.ensure(!id.is_empty(), || "a new key has its `id`".to_owned())?;
    harness.located(&made, &own)?;
    let shown = harness.expect(200, &Request::get(&own))?.json();
    record::is(harness, "a read of a key", &shown, &expected)?;
    let listed = Value::Array(named(harness, path, &name)?);
    record::is(harness, "a list of keys", &listed, &json!([expected]))?;
    harness.expect(204, &Request::new("DELETE", &own))?;
    expected["status"] = "disabled".into();
    let shown = harness.expect(200, &Request::get(&own))?.json();
    record::is(
        harness,
        "a read of a key that is removed",
        &shown,
        &expected,
    )
}

/// A new key that is no pair shows its secret.
fn secret(harness: &Harness<'_>, key: &Value) -> Result<(), CheckError> {
    let text = key["secret"].as_str().unwrap_or_default();
    let bytes = text
        .strip_prefix("whsec_")
        .map(|text| STANDARD.decode(text));
    harness.ensure(
        matches!(bytes, Some(Ok(bytes)) if bytes.len() >= 24),
        || "a new key shows its secret: `whsec_` and 24 bytes or more in base64".to_owned(),
    )
}

/// A key of a pair shows the public one, the same each time, and no other.
fn public(harness: &Harness<'_>, path: &str) -> Result<(), CheckError> {
    let name = harness.word();
    let body = json!({ "name": name, "algorithm": "ed25519" });
    let made = harness
        .expect(201, &Request::new("POST", path).json(&body))?
        .json();
    let text = |name: &str| made[name].as_str().unwrap_or_default().to_owned();
    let (id, public) = (text("id"), text("publicKey"));
    let bytes = public
        .strip_prefix("whpk_")
        .map(|text| STANDARD.decode(text));
    harness.ensure(
        matches!(bytes, Some(Ok(bytes)) if bytes.len() == 32),
        || format!("`publicKey` is `whpk_` and 32 bytes in base64, got `{public}`"),
    )?;
    let expected = json!({
        "id": id,
        "name": name,
        "algorithm": "ed25519",
        "publicKey": public,
        "created": text("created"),
        "status": "enabled",
    });
    record::is(harness, "what makes a key", &made, &expected)?;
    let own = format!("{path}/{id}");
    let shown = harness.expect(200, &Request::get(&own))?.json();
    record::is(harness, "a read of a key", &shown, &expected)?;
    harness.expect(204, &Request::new("DELETE", &own)).map(drop)
}

/// A member that no key has is named, or refused, as it is of other objects.
fn unknown(harness: &Harness<'_>, path: &str) -> Result<(), CheckError> {
    let body = json!({ "name": harness.word(), "algorithm": "hmac-sha256", STRANGE: 1 });
    let request = Request::new("POST", path).json(&body);
    if harness.api.switches.unknown_members == UnknownMembers::Reject {
        let place = format!("/{STRANGE}");
        return harness
            .expect_violation(&request, &place, &["unknown_member"])
            .map(drop);
    }
    let made = harness.expect(201, &request)?;
    let key = made.json();
    secret(harness, &key)?;
    let named = made.header("ignored-members").unwrap_or_default();
    let tells = harness.api.dialect.unknown_members.is(UnknownMember::Named);
    harness.ensure(key.get(STRANGE).is_none() && (!tells || named == STRANGE), || {
        format!("a key is made without `{STRANGE}`, which is named in Ignored-Members, got `{named}`")
    })?;
    let own = format!("{path}/{}", key["id"].as_str().unwrap_or_default());
    harness.expect(204, &Request::new("DELETE", &own)).map(drop)
}

/// The keys that the list shows under a name.
fn named(harness: &Harness<'_>, path: &str, name: &str) -> Result<Vec<Value>, CheckError> {
    let listed = harness.expect(200, &Request::get(path))?.json();
    harness.ensure(listed.as_object().is_some_and(|one| one.len() == 1), || {
        format!("the keys stand in `items` alone, got {listed}")
    })?;
    let items = listed["items"].as_array().into_iter().flatten();
    Ok(items.filter(|one| one["name"] == name).cloned().collect())
}

/// A key without a name or of no known kind is refused at its place.
fn wrong(harness: &Harness<'_>, path: &str) -> Result<(), CheckError> {
    let name = harness.word();
    let bodies = [
        (json!({ "algorithm": "hmac-sha256" }), "/name", "required"),
        (
            json!({ "name": 1, "algorithm": "hmac-sha256" }),
            "/name",
            "type",
        ),
        (json!({ "name": name }), "/algorithm", "required"),
        (
            json!({ "name": name, "algorithm": "none" }),
            "/algorithm",
            "not_a_value",
        ),
    ];
    for (body, place, code) in bodies {
        let request = Request::new("POST", path).json(&body);
        harness.expect_violation(&request, place, &[code])?;
    }
    Ok(())
}
