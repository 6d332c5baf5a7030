//! Limits on the number of connections.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::patience::Pace;

/// Maximum number of simultaneous connections unless the operator or the system sets a lower
/// limit.
const CONNECTIONS: usize = 10_000;

/// Additional connections that may only ask for the server's health.
const RESERVE: usize = 16;

/// File descriptors not used for connections: databases, logs, receivers of notifications.
const OTHERS: usize = 128;

/// Maximum number of file descriptors to request.
const DESCRIPTORS: u64 = 65_536;

/// Limits on the number of connections and their slowness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) struct Limits {
    /// Maximum number at one time.
    pub(super) all: usize,
    /// Maximum number per address.
    pub(super) each: usize,
    /// Number beyond these, for health checks.
    pub(super) reserve: usize,
    /// How slowly clients may read responses.
    pub(super) pace: Pace,
}

impl Limits {
    /// Limits that fit into `descriptors`. One address may have half of all connections unless
    /// the operator sets another limit.
    pub(in crate::server) fn of(descriptors: u64, all: Option<usize>, each: Option<usize>) -> Self {
        let descriptors = usize::try_from(descriptors).unwrap_or(usize::MAX);
        let fitting = descriptors.saturating_sub(OTHERS + RESERVE);
        // With very few descriptors, connections get half of them.
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

/// Raises the process's limit of file descriptors as far as allowed, and returns the limit.
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
