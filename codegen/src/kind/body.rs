//! What a body is for.

/// What a body is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    /// A new object.
    Create,
    /// A change of one.
    Update,
}

impl Body {
    /// Every one.
    pub(crate) const ALL: [Self; 2] = [Self::Create, Self::Update];

    /// Begins the names of types and schemas.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
        }
    }
}
