//! The tokens of all receivers.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Slot, OwnedMutexGuard};
use tokio::time::Instant;

use super::bearer::Given;
use super::credentials::Print;
use super::state::State;
use super::{Bearer, Credentials, Denied, Granted};
use crate::watch::client::{Client, Failure};

/// Maximum number of credentials whose tokens are kept.
const MOST: usize = 10_000;

/// The tokens of all receivers; clones share them.
#[derive(Clone)]
pub struct AccessTokens {
    client: Client,
    time_out: Duration,
    slots: Arc<Mutex<HashMap<Print, Arc<Slot<State>>>>>,
}

impl fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokens").finish_non_exhaustive()
    }
}

impl AccessTokens {
    /// Creates an empty set of tokens; `client` fetches each within `time_out`.
    #[must_use]
    pub fn new(client: Client, time_out: Duration) -> Self {
        let slots = Arc::default();
        Self {
            client,
            time_out,
            slots,
        }
    }

    /// Returns a token for `credentials`. Requires a tokio runtime.
    ///
    /// Concurrent callers with the same credentials share one request. A request is completed
    /// even if nobody waits for it any more: it may return the only valid refresh token.
    ///
    /// # Errors
    /// Why there is no token.
    pub async fn token(&self, credentials: &Credentials) -> Result<Granted, Denied> {
        let asked = Instant::now();
        let state = self.slot(credentials.print()).lock_owned().await;
        if let Some(known) = state.known(credentials, asked) {
            return known;
        }
        let renewing = tokio::spawn(self.clone().renew(state, credentials.clone()));
        let lost = Denied::Unanswered(Failure::Reset);
        renewing.await.unwrap_or(Err(lost))
    }

    /// Drops `bearer`, which the receiver refused with 401; a newer token stays.
    pub async fn reject(&self, credentials: &Credentials, bearer: &Bearer) {
        let slot = self.slot(credentials.print());
        slot.lock().await.forget(bearer);
    }

    async fn renew(
        self,
        mut state: OwnedMutexGuard<State>,
        credentials: Credentials,
    ) -> Result<Granted, Denied> {
        let latest = state.latest.clone();
        let given = self.fetch(&credentials, latest.as_deref()).await;
        state.note(given)?;
        if let Some(new) = &state.latest {
            // Callers that have stored the new refresh token find the same state.
            let slot = Arc::clone(OwnedMutexGuard::mutex(&state));
            self.slots().insert(credentials.with(new).print(), slot);
        }
        let granted = state.granted(&credentials);
        granted.unwrap_or(Err(Denied::Unusable("has no token")))
    }

    async fn fetch(
        &self,
        credentials: &Credentials,
        latest: Option<&str>,
    ) -> Result<Given, Denied> {
        let request = credentials.request(latest, self.time_out)?;
        Given::read(&self.client.send(&request).await?)
    }

    fn slot(&self, print: Print) -> Arc<Slot<State>> {
        let mut slots = self.slots();
        if slots.len() >= MOST && !slots.contains_key(&print) {
            // A locked slot is in use.
            slots.retain(|_, slot| slot.try_lock().map_or(true, |state| state.is_fresh()));
            if slots.len() >= MOST {
                slots.clear();
            }
        }
        Arc::clone(slots.entry(print).or_default())
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<Print, Arc<Slot<State>>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::client::Settings;
    use crate::watch::guard::Guard;

    #[test]
    fn no_more_tokens_are_kept_than_there_is_room_for() {
        let client = Client::new(Settings::new(Guard::default())).unwrap();
        let tokens = AccessTokens::new(client, Duration::from_secs(1));
        let print = |number: usize| {
            let mut print = Print::default();
            print[..8].copy_from_slice(&number.to_be_bytes());
            print
        };
        for number in 0..MOST {
            tokens.slot(print(number));
        }
        // Known credentials do not take an additional slot.
        tokens.slot(print(0));
        assert_eq!(tokens.slots().len(), MOST);
        tokens.slot(print(MOST));
        assert!(tokens.slots().len() <= MOST);
    }
}
