//! Absent, `null` and a value are three things.

/// What a change says about a member that may be `null`.
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
    /// Writes what was sent over `kept`; what was not sent stays.
    pub fn merge(self, kept: &mut Option<T>) {
        match self {
            Self::Absent => {}
            Self::Null => *kept = None,
            Self::Value(value) => *kept = Some(value),
        }
    }

    /// The same with a value for what was not sent.
    #[must_use]
    pub fn or(self, default: Option<T>) -> Self {
        match (self, default) {
            (Self::Absent, Some(value)) => Self::Value(value),
            (sent, _) => sent.or_null(),
        }
    }

    /// What was sent; what was not comes from elsewhere.
    pub fn unless_sent(self, other: impl FnOnce() -> Option<T>) -> Option<T> {
        match self {
            Self::Absent => other(),
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The same with `null` for what was not sent.
    #[must_use]
    pub fn or_null(self) -> Self {
        match self {
            Self::Absent => Self::Null,
            sent => sent,
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
