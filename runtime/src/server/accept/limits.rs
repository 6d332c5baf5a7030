//! How many connections there may be.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::patience::Pace;

/// Connections at one time, where neither operator nor system say less.
const CONNECTIONS: usize = 10_000;

/// Connections beyond these for whoever asks how the server is.
const RESERVE: usize = 16;

/// Descriptors that are not for connections: databases, logs, receivers of
/// notifications.
const OTHERS: usize = 128;

/// Most descriptors that are asked for.
const DESCRIPTORS: u64 = 65_536;

/// How many connections there may be, and how slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) struct Limits {
    /// At one time.
    pub(super) all: usize,
    /// Of one address.
    pub(super) each: usize,
    /// Beyond these, for questions about health.
    pub(super) reserve: usize,
    /// How slowly answers may be taken.
    pub(super) pace: Pace,
}

impl Limits {
    /// What fits into so many descriptors. Half of all may be of one address,
    /// where the operator says nothing else.
    pub(in crate::server) fn of(descriptors: u64, all: Option<usize>, each: Option<usize>) -> Self {
        let descriptors = usize::try_from(descriptors).unwrap_or(usize::MAX);
        let fitting = descriptors.saturating_sub(OTHERS + RESERVE);
        // With hardly any descriptors, connections get half of them.
        let fitting = fitting.max(descriptors / 2).max(1);
        let all = all.unwrap_or(CONNECTIONS).min(fitting);
        Self {
            all,
            each: each.unwrap_or(all.div_ceil(2)).min(all),
            reserve: RESERVE,
            pace: Pace::USUAL,
        }
    }
}

/// Asks the system for as many descriptors as the process may have, and says
/// how many it has.
pub(in crate::server) fn raise_descriptors() -> u64 {
    let now = getrlimit(Resource::Nofile);
    let before = now.current.unwrap_or(DESCRIPTORS);
    let most = now.maximum.unwrap_or(DESCRIPTORS).min(DESCRIPTORS);
    if before >= most {
        return before;
    }
    let raised = Rlimit {
        current: Some(most),
        maximum: now.maximum,
    };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => most,
        Err(error) => {
            tracing::warn!(%error, "the limit of descriptors stays as it is");
            before
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CONNECTIONS, Limits};

    #[test]
    fn connections_leave_descriptors_for_the_rest() {
        let of = |descriptors, all, each| {
            let limits = Limits::of(descriptors, all, each);
            (limits.all, limits.each)
        };
        assert_eq!(of(65_536, None, None), (CONNECTIONS, CONNECTIONS / 2));
        assert_eq!(of(1_024, None, None), (880, 440));
        assert_eq!(of(64, None, None), (32, 16));
        assert_eq!(of(1_024, Some(100), None), (100, 50));
        assert_eq!(of(1_024, Some(100), Some(100)), (100, 100));
        assert_eq!(of(1_024, Some(5_000), Some(5_000)), (880, 880));
    }
}
