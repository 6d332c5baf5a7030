//! Tokens that end while a run lasts, and where the next ones come from.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Role;

/// Gives a token, or says why there is none.
pub type TokenSource = Box<dyn Fn() -> Result<String, String> + Send + Sync>;

/// Where the tokens of roles come from, for those that are not given as they are.
#[derive(Clone, Default)]
pub struct Renewals(Arc<Vec<Renewal>>);

struct Renewal {
    role: Role,
    source: TokenSource,
    state: Mutex<Tokens>,
}

struct Tokens {
    /// All that there were; the last one is current.
    all: Vec<String>,
    /// Whether the service has accepted the current one.
    accepted: bool,
}

impl Renewals {
    /// Asks each source for its first token.
    ///
    /// # Errors
    /// A source that gives none.
    pub fn new(sources: Vec<(Role, TokenSource)>) -> Result<Self, String> {
        let renewal = |(role, source): (Role, TokenSource)| {
            let first = source()?;
            Ok(Renewal {
                role,
                source,
                state: Mutex::new(Tokens {
                    all: vec![first],
                    accepted: false,
                }),
            })
        };
        let all: Result<Vec<Renewal>, String> = sources.into_iter().map(renewal).collect();
        all.map(|all| Self(Arc::new(all)))
    }

    /// The current token of a role, where it has a source.
    #[must_use]
    pub fn current(&self, role: Role) -> Option<String> {
        self.of(role)?.lock().all.last().cloned()
    }

    /// Every token that there was, with its role.
    pub(super) fn all(&self) -> Vec<(Role, String)> {
        let own = |one: &Renewal| {
            let all = one.lock().all.clone();
            all.into_iter()
                .map(|token| (one.role, token))
                .collect::<Vec<_>>()
        };
        self.0.iter().flat_map(own).collect()
    }

    /// Notes that the service knows a token.
    pub(super) fn accepted(&self, role: Role, token: &str) {
        if let Some(renewal) = self.of(role) {
            let mut state = renewal.lock();
            if state.all.last().is_some_and(|last| last == token) {
                state.accepted = true;
            }
        }
    }

    /// A token in place of one that is not accepted; nothing where the role has no source,
    /// or where the current one was never accepted: a further one would not be either.
    ///
    /// # Errors
    /// A source that gives none.
    pub(super) fn renewed(&self, role: Role, refused: &str) -> Result<Option<String>, String> {
        let Some(renewal) = self.of(role) else {
            return Ok(None);
        };
        // Whoever waits here finds what the first has fetched.
        let mut state = renewal.lock();
        if state.all.last().is_some_and(|last| last != refused) {
            return Ok(state.all.last().cloned());
        }
        if !state.accepted {
            return Ok(None);
        }
        let name = role.name().unwrap_or_default();
        let failed = |why| format!("there is no new token of the role `{name}`: {why}");
        let token = (renewal.source)().map_err(failed)?;
        state.all.push(token.clone());
        state.accepted = false;
        Ok(Some(token))
    }

    fn of(&self, role: Role) -> Option<&Renewal> {
        self.0.iter().find(|one| one.role == role)
    }
}

impl Renewal {
    fn lock(&self) -> MutexGuard<'_, Tokens> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tokens are nobody's to read.
impl fmt::Debug for Renewals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|one| one.role))
            .finish()
    }
}

impl PartialEq for Renewals {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.0.is_empty() && other.0.is_empty())
    }
}

impl Eq for Renewals {}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{Renewals, Role};

    #[test]
    fn a_token_is_renewed_once_it_has_been_accepted_and_is_no_longer() {
        let count = AtomicUsize::new(0);
        let source = move || match count.fetch_add(1, Ordering::Relaxed) {
            2 => Err("gone".to_owned()),
            at => Ok(format!("t{at}")),
        };
        let renewals = Renewals::new(vec![(Role::Main, Box::new(source))]).unwrap();
        let renewed = |token: &str| renewals.renewed(Role::Main, token);
        assert_eq!(renewed("t0"), Ok(None), "never accepted");
        renewals.accepted(Role::Main, "t0");
        assert_eq!(renewed("t0"), Ok(Some("t1".to_owned())));
        assert_eq!(
            renewed("t0"),
            Ok(Some("t1".to_owned())),
            "another has fetched it"
        );
        assert_eq!(renewals.current(Role::Main).as_deref(), Some("t1"));
        assert_eq!(renewals.renewed(Role::ReadOnly, "x"), Ok(None));
        assert_eq!(renewals.all().len(), 2);
        renewals.accepted(Role::Main, "t1");
        assert!(renewed("t1").unwrap_err().contains("`main`: gone"));
        assert_eq!(format!("{renewals:?}"), "[Main]");
    }
}
