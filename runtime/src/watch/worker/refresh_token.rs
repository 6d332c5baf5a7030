//! Refresh tokens that replaced those of watches.

use serde::{Deserialize, Serialize};

use crate::auth::{hash, hex};
use crate::problem::Problem;
use crate::store::{Durability, Error, REFRESH_TOKENS, Row, Store};
use crate::table::GLOBAL;
use crate::watch::oauth::Grant;
use crate::write::Watcher;

/// A refresh token and the hash of the one it replaced. It is stored encrypted, as a secret.
#[derive(Serialize, Deserialize)]
struct Rotated {
    /// Hash of the token in the watch; if the watch gets a new one, this entry is ignored.
    given: String,
    token: String,
}

/// The grant with its refresh token replaced by the newest one, if there is one.
pub(super) async fn current(store: &dyn Store, watch: &str, grant: Grant) -> Result<Grant, Error> {
    let Grant::RefreshToken(given) = &grant else {
        return Ok(grant);
    };
    let stored = store.get(&REFRESH_TOKENS, GLOBAL, watch).await?;
    let read = |text: &str| serde_json::from_str::<Rotated>(text).ok();
    let rotated = stored.and_then(|stored| read(&stored.secrets?));
    let rotated = rotated.filter(|one| one.given == hex(&hash(given)));
    Ok(rotated.map_or(grant, |one| Grant::RefreshToken(one.token)))
}

/// Stores a refresh token before it is used, because the previous one is no longer valid.
pub(super) async fn keep(
    store: &dyn Store,
    watch: &str,
    given: &Grant,
    token: &str,
) -> Result<(), Problem> {
    let Grant::RefreshToken(given) = given else {
        return Ok(());
    };
    let rotated = Rotated {
        given: hex(&hash(given)),
        token: token.to_owned(),
    };
    let secrets = serde_json::to_string(&rotated).unwrap_or_default();
    let id = watch.to_owned();
    let tenant = Watcher::of_name(watch).map_or_else(String::new, |watcher| watcher.tenant);
    let pending = store.commit(&tenant, Durability::Full, move |tx| {
        let (now, version) = (tx.now(), tx.number());
        let row = Row {
            secrets: Some(secrets.clone()),
            ..Row::internal(id.clone(), version, now, "{}".to_owned())
        };
        Ok(tx.upsert(&REFRESH_TOKENS, &row)?)
    });
    pending.answer().await
}
