//! Distinguishes an absent member, `null` and a value.

/// What an update says about a member that may be `null`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Presence<T> {
    /// The member was not sent.
    #[default]
    Absent,
    /// The member was sent as `null`.
    Null,
    /// The member was sent with a value.
    Value(T),
}

impl<T> Presence<T> {
    /// Returns what was sent, or the result of `other` if nothing was.
    pub fn unless_sent(self, other: impl FnOnce() -> Option<T>) -> Option<T> {
        match self {
            Self::Absent => other(),
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<Presence<T>> for Option<T> {
    fn from(sent: Presence<T>) -> Self {
        match sent {
            Presence::Value(value) => Some(value),
            Presence::Absent | Presence::Null => None,
        }
    }
}
