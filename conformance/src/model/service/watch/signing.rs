//! Signing keys and signatures.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer, SigningKey};
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
        let pair = SigningKey::from_bytes(&self.secret);
        let public = format!("whpk_{}", STANDARD.encode(pair.verifying_key()));
        json!({
            "id": self.id,
            "name": self.name,
            "algorithm": self.algorithm,
            "publicKey": (self.algorithm == "ed25519").then_some(public),
            "created": self.created,
            "status": if self.enabled { "enabled" } else { "disabled" },
        })
    }

    fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        if self.algorithm == "ed25519" {
            let signed = format!("{id}.{timestamp}.{body}");
            let pair = SigningKey::from_bytes(&self.secret);
            let signature = pair.sign(signed.as_bytes()).to_bytes();
            return format!("v1a,{}", STANDARD.encode(signature));
        }
        let key = Webhook::from_bytes(self.secret.to_vec());
        let signed = key.and_then(|key| key.sign(id, timestamp, body.as_bytes()));
        signed.unwrap_or_default()
    }
}

/// The signatures of a notification, one for each key.
pub(crate) fn signature(keys: &[Key], id: &str, timestamp: i64, body: &str) -> String {
    let all = keys.iter().map(|key| key.sign(id, timestamp, body));
    all.collect::<Vec<_>>().join(" ")
}
