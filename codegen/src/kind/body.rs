//! Kinds of request bodies.

/// The kind of a request body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    /// The body of a create.
    Create,
    /// The body of an update.
    Update,
}

impl Body {
    /// All kinds.
    pub(crate) const ALL: [Self; 2] = [Self::Create, Self::Update];

    /// The prefix for names of types and schemas.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
        }
    }
}
