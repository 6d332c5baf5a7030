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

    /// What was sent; what was not comes from elsewhere.
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
