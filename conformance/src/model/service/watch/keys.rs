//! Signing keys of notifications, as Standard Webhooks describes.

use std::hash::{BuildHasher, Hasher, RandomState};

use fieldproof_spec::model::{Signature, Watch};
use serde_json::{Value, json};

use super::super::refusal::{json as reply, problem, refuse_query};
use super::super::{Caller, Refusal, Reply, Request, Service};
use super::signing::Key;
use crate::model::object::Violation;

impl Service {
    /// The existing, enabled keys of a tenant with these identifiers.
    pub(super) fn signing(&self, tenant: &str, ids: &[String]) -> Vec<Key> {
        let named = |id: &String| {
            let mut keys = self.outbox.keys.iter();
            keys.find(|key| key.id == *id && key.tenant == tenant && key.enabled)
        };
        ids.iter().filter_map(named).cloned().collect()
    }

    pub(super) fn keys(&self, caller: &Caller, request: &Request) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let own = self.outbox.keys.iter();
        let own = own.filter(|key| key.tenant == caller.tenant);
        Ok(reply(
            200,
            &json!({ "items": own.map(Key::shown).collect::<Value>() }),
        ))
    }

    pub(super) fn key(
        &mut self,
        caller: &Caller,
        id: &str,
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let mut keys = self.outbox.keys.iter_mut();
        let own = keys.find(|key| key.id == id && key.tenant == caller.tenant);
        let key = own.ok_or_else(|| problem(404, "not_found", &[]))?;
        if request.method == "DELETE" {
            key.enabled = false;
            return Ok(Reply {
                status: 204,
                ..Reply::default()
            });
        }
        Ok(reply(200, &key.shown()))
    }

    pub(super) fn create_key(
        &mut self,
        watch: &Watch,
        caller: &Caller,
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let body = self.body(request)?;
        let path = watch.keys.as_deref().unwrap_or_default();
        let mut found = Vec::new();
        let mut text = |name: &str| match body.get(name) {
            Some(Value::String(text)) => text.clone(),
            other => {
                let code = if other.is_none() { "required" } else { "type" };
                found.push(Violation::new(&format!("/{name}"), code));
                String::new()
            }
        };
        let (name, algorithm) = (text("name"), text("algorithm"));
        // In hexadecimal digits there is HMAC alone.
        let pairs = watch.notification.signature.value == Signature::StandardWebhooks;
        let known = algorithm == "hmac-sha256" || pairs && algorithm == "ed25519";
        if found.is_empty() && !known {
            found.push(Violation::new("/algorithm", "not_a_value"));
        }
        let unknown = self.left_out(&body, &["name", "algorithm"], &mut found);
        if !found.is_empty() {
            return Err(self.invalid(&found));
        }
        self.tick();
        self.number += 1;
        let key = Key {
            id: format!("{:024x}", self.number),
            tenant: caller.tenant.clone(),
            name,
            algorithm,
            secret: random(),
            created: jiff::Timestamp::now().to_string(),
            enabled: true,
        };
        let mut shown = key.shown();
        if key.algorithm == "hmac-sha256" {
            shown["secret"] = key.text().into();
        }
        let mut reply = reply(201, &shown);
        let place = format!("{}{path}/{}", self.api.base, key.id);
        reply.headers.push(("location".to_owned(), place));
        reply.headers.extend(unknown);
        self.outbox.keys.push(key);
        Ok(reply)
    }
}

/// Unpredictable bytes.
fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    for chunk in bytes.chunks_mut(8) {
        let number = RandomState::new().build_hasher().finish();
        chunk.copy_from_slice(&number.to_le_bytes());
    }
    bytes
}
