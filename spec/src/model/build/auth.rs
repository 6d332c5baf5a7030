//! How callers authenticate.

use super::super::Credentials;
use crate::syntax::{Auth, KeyPlace, Scheme};

/// The credentials of a spec. Inconsistent settings are ignored here; a finding reports
/// them.
pub(super) fn credentials(auth: &Auth) -> Credentials {
    let name = auth.name.clone().unwrap_or_default();
    let prefix = auth.prefix.clone();
    match (auth.scheme, auth.place) {
        (Scheme::Bearer, _) => Credentials::Bearer(prefix.unwrap_or_else(|| "Bearer".to_owned())),
        (Scheme::Basic, _) => Credentials::Basic,
        (Scheme::None, _) => Credentials::None,
        (Scheme::ApiKey, Some(KeyPlace::Query)) => Credentials::Query(name),
        (Scheme::ApiKey, Some(KeyPlace::Cookie)) => Credentials::Cookie(name),
        (Scheme::ApiKey, Some(KeyPlace::Header) | None) => Credentials::Header {
            name,
            prefix: prefix.unwrap_or_default(),
        },
    }
}
