//! What an update says about one member, and how it is carried out.

use super::Presence;

/// What an update says about a member of type `T`.
pub trait Change<T> {
    /// Overwrites `kept` with what was sent, if anything was.
    fn apply(self, kept: &mut T);
}

impl<T> Change<T> for Option<T> {
    fn apply(self, kept: &mut T) {
        if let Some(sent) = self {
            *kept = sent;
        }
    }
}

impl<T> Change<Option<T>> for Presence<T> {
    fn apply(self, kept: &mut Option<T>) {
        match self {
            Self::Absent => {}
            Self::Null => *kept = None,
            Self::Value(value) => *kept = Some(value),
        }
    }
}

/// Overwrites `kept` with what was sent, if anything was.
pub fn set<T>(kept: &mut T, sent: impl Change<T>) {
    sent.apply(kept);
}
