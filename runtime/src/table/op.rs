//! How filters compare.

/// The comparison of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// The same value.
    Equals,
    /// A greater value.
    Greater,
    /// The same or a greater value.
    AtLeast,
    /// A smaller value.
    Less,
    /// The same or a smaller value.
    AtMost,
    /// Each word is contained in one of the fields; at most this many words.
    ContainsWords(u32),
    /// The list contains each value; at most this many values.
    HasAll(u32),
}

/// What a filter compares its text with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// With a value as a whole.
    Equal,
    /// With the order of values.
    Range(Range),
    /// Its words, at most this many, with texts.
    Words(u32),
    /// Its values, at most this many, with the elements of a list.
    Elements(u32),
}

/// The values on one side of a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    /// Whether they are above it.
    pub(crate) lower: bool,
    /// Whether the bound itself is one of them.
    pub(crate) inclusive: bool,
}

impl Op {
    /// What it compares the text of the parameter with.
    pub(crate) fn comparison(self) -> Comparison {
        let range = |lower, inclusive| Comparison::Range(Range { lower, inclusive });
        match self {
            // Texts are folded where they are read, and where they are stored.
            Self::Equals => Comparison::Equal,
            Self::Greater => range(true, false),
            Self::AtLeast => range(true, true),
            Self::Less => range(false, false),
            Self::AtMost => range(false, true),
            Self::ContainsWords(most) => Comparison::Words(most),
            Self::HasAll(most) => Comparison::Elements(most),
        }
    }
}
