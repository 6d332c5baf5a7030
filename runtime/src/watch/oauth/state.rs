//! The token of one client at one token server, and its last failure.

use tokio::time::Instant;

use super::bearer::Given;
use super::{Bearer, Credentials, Denied};

/// The result of asking for a token.
#[derive(Clone, PartialEq, Eq)]
pub enum Granted {
    /// The token to send.
    Token(Bearer),
    /// The token server replaced the refresh token in the credentials by this one. Store it,
    /// then ask again with it: if it is lost, no further token can be obtained.
    Rotated(String),
}

impl std::fmt::Debug for Granted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Token",
            Self::Rotated(_) => "Rotated",
        })
    }
}

/// The state of one client at one token server.
#[derive(Default)]
pub(super) struct State {
    token: Option<(Bearer, Instant)>,
    /// The refresh token that replaced the one in the credentials.
    pub(super) latest: Option<String>,
    /// The time and reason of the last failure.
    failed: Option<(Instant, Denied)>,
}

impl State {
    /// Whether there is a token that will last for a delivery.
    pub(super) fn is_fresh(&self) -> bool {
        let now = Instant::now();
        self.token.as_ref().is_some_and(|(_, end)| *end > now)
    }

    /// The result for a caller that has waited since `asked`, if it is already known: a request
    /// that failed since then counts for it as well.
    pub(super) fn known(
        &self,
        credentials: &Credentials,
        asked: Instant,
    ) -> Option<Result<Granted, Denied>> {
        if let Some((at, denied)) = self.failed
            && at >= asked
        {
            return Some(Err(denied));
        }
        self.is_fresh().then(|| self.granted(credentials))?
    }

    /// The token or, if `credentials` have an old refresh token, the new one first.
    pub(super) fn granted(&self, credentials: &Credentials) -> Option<Result<Granted, Denied>> {
        let (bearer, _) = self.token.as_ref()?;
        let latest = self.latest.as_deref();
        Some(Ok(match latest {
            Some(new) if credentials.refresh_token() != latest => Granted::Rotated(new.to_owned()),
            _ => Granted::Token(bearer.clone()),
        }))
    }

    /// Records the result of a request.
    pub(super) fn note(&mut self, given: Result<Given, Denied>) -> Result<(), Denied> {
        match given {
            Ok(given) => {
                self.failed = None;
                self.token = Some((given.bearer, Instant::now() + given.good));
                self.latest = given.refresh_token.or(self.latest.take());
                Ok(())
            }
            Err(denied) => {
                if denied == Denied::SPENT {
                    // The refresh token in the credentials may be a new one.
                    self.latest = None;
                }
                self.token = None;
                self.failed = Some((Instant::now(), denied));
                Err(denied)
            }
        }
    }

    /// Drops the token if it is `bearer`.
    pub(super) fn forget(&mut self, bearer: &Bearer) {
        self.token.take_if(|(known, _)| known == bearer);
    }
}
