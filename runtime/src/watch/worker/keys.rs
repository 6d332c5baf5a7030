//! Keys that sign notifications, of one tenant each.

use serde::{Deserialize, Serialize};

use crate::store::{Error, KEYS, Row, Store, Transaction};
use crate::table::GLOBAL;
use crate::value::{Form, Instant};
use crate::watch::sign::{Algorithm, Generated, Key};

/// A key as its owner sees it; the secret stands apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SigningKey {
    /// Its identifier.
    pub(crate) id: String,
    /// What its owner calls it.
    pub(crate) name: String,
    /// `hmac-sha256` or `ed25519`.
    pub(crate) algorithm: String,
    /// What receivers check signatures with; nothing for HMAC.
    pub(crate) public_key: Option<String>,
    /// When it was made.
    pub(crate) created: String,
    /// `enabled` or `disabled`.
    pub(crate) status: String,
}

/// The algorithm of a name.
pub(crate) fn algorithm(name: &str) -> Option<Algorithm> {
    match name {
        "hmac-sha256" => Some(Algorithm::Hmac),
        "ed25519" => Some(Algorithm::Ed25519),
        _ => None,
    }
}

impl SigningKey {
    /// A new key.
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

    /// Whether it signs.
    pub(crate) fn signs(&self) -> bool {
        self.status == "enabled"
    }

    /// Keeps it, with its secret.
    ///
    /// # Errors
    /// A store that cannot be written.
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

    /// The keys of a tenant with these identifiers, in this order. Those that
    /// are not there or disabled sign nothing.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub(crate) fn of(store: &dyn Store, tenant: &str, ids: &[String]) -> Result<Vec<Key>, Error> {
        let mut keys = Vec::new();
        for id in ids {
            let Some(stored) = store.get(&KEYS, GLOBAL, id)? else {
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
