//! Closed lists of texts.

/// A type whose values are a closed list of texts.
pub trait Values: Copy + PartialEq + 'static {
    /// Every value with its text.
    const ALL: &'static [(&'static str, Self)];

    /// The text of the value.
    #[must_use]
    fn name(&self) -> &'static str {
        let own = Self::ALL.iter().find(|(_, other)| other == self);
        own.map_or("", |(name, _)| name)
    }
}
