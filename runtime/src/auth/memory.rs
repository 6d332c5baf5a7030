//! An in-memory token store, for tests and for commands that need no tokens.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::token::id;
use super::{Entry, Grant, Hash, Tokens};
use crate::store::{Error, Read, at_once};

/// An in-memory token store.
#[derive(Debug, Default)]
pub struct MemoryTokens(Mutex<BTreeMap<Hash, (Grant, bool)>>);

impl MemoryTokens {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Hash, (Grant, bool)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tokens for MemoryTokens {
    fn find<'s>(&'s self, hash: &'s Hash) -> Read<'s, Option<Grant>> {
        at_once(Ok(self.lock().get(hash).map(|(grant, _)| grant.clone())))
    }

    fn insert(&self, hash: &Hash, grant: &Grant, client: bool) -> Result<(), Error> {
        self.lock().insert(*hash, (grant.clone(), client));
        Ok(())
    }

    fn list(&self, tenant: Option<&str>) -> Result<Vec<Entry>, Error> {
        let tokens = self.lock();
        let of = tokens
            .iter()
            .filter(|(_, (grant, _))| tenant.is_none_or(|tenant| tenant == grant.tenant));
        Ok(of
            .map(|(hash, (grant, client))| Entry {
                id: id(hash),
                created: String::new(),
                grant: grant.clone(),
                client: *client,
            })
            .collect())
    }

    fn revoke(&self, name: &str) -> Result<bool, Error> {
        let mut tokens = self.lock();
        let before = tokens.len();
        tokens.retain(|hash, _| id(hash) != name);
        Ok(tokens.len() < before)
    }
}
