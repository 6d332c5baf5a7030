//! Signing keys.

use fieldproof_spec::model::Signature;
use serde_json::{Value, json};

use super::operation::{Operation, answer};
use crate::shape::{TEXT, reference};

/// The name of the schema of a key, and of the body that creates one.
const KEY: &str = "Watch.Key";
const CREATE: &str = "Watch.CreateKey";

pub(super) fn operations(keys: &str) -> Vec<Operation> {
    let list = json!({
        "type": "object",
        "required": ["items"],
        "properties": { "items": { "type": "array", "items": reference(KEY) } },
    });
    let made = json!({ "allOf": [
        reference(KEY),
        { "type": "object", "properties": { "secret": {
            "type": "string",
            "pattern": "^whsec_[A-Za-z0-9+/]+=*$",
            "description": "What HMAC signatures are checked with: shown now and never again. There is none where `publicKey` is one.",
        } } },
    ] });
    let mut created = answer("The new key.", &made);
    created["headers"] = json!({ "Location": { "schema": { "type": "string" } } });
    let one = |method, path, name, about, status, success| Operation {
        method,
        path,
        name,
        about,
        query: Vec::new(),
        body: None,
        status,
        success,
    };
    let item = format!("{keys}/{{key}}");
    vec![
        one(
            "get",
            keys.to_owned(),
            "list-keys-of",
            "The keys that sign notifications, oldest first.",
            200,
            answer("The keys, without their secrets.", &list),
        ),
        Operation {
            body: Some(reference(CREATE)),
            ..one(
                "post",
                keys.to_owned(),
                "create-key-of",
                "Makes a key.",
                201,
                created,
            )
        },
        one(
            "get",
            item.clone(),
            "get-key-of",
            "One key, without its secret.",
            200,
            answer("The key.", &reference(KEY)),
        ),
        one(
            "delete",
            item,
            "disable-key-of",
            "Lets a key sign nothing any more; it stays, with its name.",
            204,
            json!({ "description": "It signs nothing any more." }),
        ),
    ]
}

/// The schemas of keys of an API whose notifications are signed so.
pub(super) fn schemas<'s>(
    mut signatures: impl Iterator<Item = &'s Signature>,
) -> [(String, Value); 2] {
    let known = match signatures.any(|one| *one == Signature::StandardWebhooks) {
        true => &["hmac-sha256", "ed25519"][..],
        false => &["hmac-sha256"],
    };
    let algorithm = json!({ "type": "string", "enum": known, "description": "How it signs." });
    let name =
        || json!({ "type": "string", "maxLength": 255, "description": "What its owner calls it." });
    let mut sent = name();
    sent["pattern"] = TEXT.into();
    let create = json!({
        "type": "object",
        "description": "A key to make.",
        "required": ["name", "algorithm"],
        "properties": { "name": sent, "algorithm": algorithm },
    });
    let key = json!({
        "type": "object",
        "description": "A key that signs notifications.",
        "required": ["id", "name", "algorithm", "publicKey", "created", "status"],
        "properties": {
            "id": { "type": "string", "pattern": "^[0-9a-f]{24}$", "description": "Its identifier." },
            "name": name(),
            "algorithm": algorithm,
            "publicKey": { "type": ["string", "null"], "pattern": "^whpk_[A-Za-z0-9+/]+=*$", "description": "What Ed25519 signatures are checked with." },
            "created": { "type": "string", "format": "date-time", "description": "When it was made." },
            "status": { "type": "string", "enum": ["enabled", "disabled"], "description": "Whether it signs." },
        },
    });
    [(KEY.to_owned(), key), (CREATE.to_owned(), create)]
}
