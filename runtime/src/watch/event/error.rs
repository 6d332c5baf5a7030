//! Notifications that cannot be sent.

use std::fmt;

use crate::watch::template::RenderError;

/// Why a request cannot be built; every attempt would fail in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsendable {
    /// The object is not a JSON object.
    Resource,
    /// The template cannot be rendered.
    Template(RenderError),
    /// A value is illegal in the header field of this name.
    Field(String),
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resource => f.write_str("the object is not readable"),
            Self::Template(why) => why.fmt(f),
            Self::Field(name) => write!(f, "the header field {name} cannot have its value"),
        }
    }
}

impl std::error::Error for Unsendable {}

impl From<RenderError> for Unsendable {
    fn from(why: RenderError) -> Self {
        Self::Template(why)
    }
}
