//! Signing keys of tenants.

use serde::{Deserialize, Serialize};

use crate::store::{Error, KEYS, Row, Store, Transaction};
use crate::table::GLOBAL;
use crate::value::{Form, Instant};
use crate::watch::sign::{Algorithm, Generated, Key};

/// A signing key as its owner sees it; the secret is stored separately.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SigningKey {
    /// Its identifier.
    pub(crate) id: String,
    /// The name that its owner gave it.
    pub(crate) name: String,
    /// `hmac-sha256` or `ed25519`.
    pub(crate) algorithm: String,
    /// The key with which receivers verify signatures; `None` for HMAC.
    pub(crate) public_key: Option<String>,
    /// When it was created.
    pub(crate) created: String,
    /// `enabled` or `disabled`.
    pub(crate) status: String,
}

/// The algorithm with this name.
pub(crate) fn algorithm(name: &str) -> Option<Algorithm> {
    match name {
        "hmac-sha256" => Some(Algorithm::Hmac),
        "ed25519" => Some(Algorithm::Ed25519),
        _ => None,
    }
}

impl SigningKey {
    /// Creates an enabled key.
    pub(crate) fn new(
        id: String,
        name: String,
        algorithm: &str,
        made: &Generated,
        at: Instant,
    ) -> Self {
        Self {
            id,
            name,
            algorithm: algorithm.to_owned(),
            public_key: made.public.clone(),
            created: Form::MillisZ.print(at),
            status: "enabled".to_owned(),
        }
    }

    /// Whether it is enabled.
    pub(crate) fn signs(&self) -> bool {
        self.status == "enabled"
    }

    /// Stores it with its secret.
    ///
    /// # Errors
    /// The store cannot be written.
    pub(crate) fn put(
        &self,
        tx: &mut dyn Transaction,
        tenant: &str,
        secret: String,
        at: Instant,
    ) -> Result<(), Error> {
        let text = serde_json::to_string(self).unwrap_or_default();
        let row = Row {
            parent: Some(tenant.to_owned()),
            secrets: Some(secret),
            ..Row::internal(self.id.clone(), tx.number(), at, text)
        };
        tx.upsert(&KEYS, &row)
    }

    /// Returns the enabled keys of a tenant among these identifiers, in their order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(crate) async fn of(
        store: &dyn Store,
        tenant: &str,
        ids: &[String],
    ) -> Result<Vec<Key>, Error> {
        let mut keys = Vec::new();
        for id in ids {
            let Some(stored) = store.get(&KEYS, GLOBAL, id).await? else {
                continue;
            };
            let own = stored.parent.as_deref() == Some(tenant);
            let key: Option<Self> = serde_json::from_str(&stored.body).ok();
            let enabled = key.is_some_and(|key| key.signs());
            if let (true, Some(secret)) = (own && enabled, stored.secrets) {
                keys.extend(Key::parse(&secret));
            }
        }
        Ok(keys)
    }
}
