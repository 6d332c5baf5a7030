//! Signing keys and signatures.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::Signature;
use hmac_sha256::HMAC;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use standardwebhooks::Webhook;

/// A signing key of a tenant.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) tenant: String,
    pub(super) name: String,
    pub(super) algorithm: String,
    pub(super) secret: [u8; 32],
    pub(super) created: String,
    pub(crate) enabled: bool,
}

impl Key {
    /// The key as shown to clients.
    pub(super) fn shown(&self) -> Value {
        let public = format!("whpk_{}", STANDARD.encode(self.pair().public_key()));
        json!({
            "id": self.id,
            "name": self.name,
            "algorithm": self.algorithm,
            "publicKey": (self.algorithm == "ed25519").then_some(public),
            "created": self.created,
            "status": if self.enabled { "enabled" } else { "disabled" },
        })
    }

    fn pair(&self) -> Ed25519KeyPair {
        let pair = Ed25519KeyPair::from_seed_unchecked(&self.secret);
        pair.expect("any 32 bytes are a seed")
    }

    /// What receivers check signatures with, as it was shown once.
    pub(super) fn text(&self) -> String {
        format!("whsec_{}", STANDARD.encode(self.secret))
    }

    fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        if self.algorithm == "ed25519" {
            let signed = format!("{id}.{timestamp}.{body}");
            let signature = self.pair().sign(signed.as_bytes());
            return format!("v1a,{}", STANDARD.encode(signature));
        }
        let key = Webhook::from_bytes(self.secret.to_vec());
        let signed = key.and_then(|key| key.sign(id, timestamp, body.as_bytes()));
        signed.unwrap_or_default()
    }
}

/// The signatures of a notification by a scheme, one for each key: empty without keys.
pub(crate) fn signature(
    scheme: &Signature,
    keys: &[Key],
    id: &str,
    timestamp: i64,
    body: &str,
) -> String {
    let moment = format!("{timestamp}.{body}");
    match scheme {
        Signature::StandardWebhooks => {
            let all = keys.iter().map(|key| key.sign(id, timestamp, body));
            all.collect::<Vec<_>>().join(" ")
        }
        Signature::HexHmac { prefix, .. } => hex_hmac(keys, prefix, body),
        Signature::Timestamped { .. } => match hex_hmac(keys, "v1=", &moment) {
            none if none.is_empty() => none,
            all => format!("t={timestamp},{all}"),
        },
    }
}

/// HMAC-SHA256 of a text by the text of each key, in hexadecimal digits behind a prefix.
pub(crate) fn hex_hmac(keys: &[Key], prefix: &str, signed: &str) -> String {
    let shared = keys.iter().filter(|key| key.algorithm != "ed25519");
    let digits = |key: &Key| {
        let tag = HMAC::mac(signed.as_bytes(), key.text().as_bytes());
        let digits = tag.iter().map(|byte| format!("{byte:02x}"));
        format!("{prefix}{}", digits.collect::<String>())
    };
    shared.map(digits).collect::<Vec<_>>().join(",")
}
