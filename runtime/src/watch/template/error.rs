//! Errors of templates.

use std::fmt;

use crate::watch::jsonpath::Spent;

/// Why a template cannot be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// Its paths are too expensive for this data.
    TooCostly,
    /// The result would be larger than 1 MiB.
    TooLarge,
    /// The data is nested too deeply.
    TooDeep,
    /// The result would not be JSON or would contain a duplicate member; with the reason.
    NotJson(String),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooCostly => Spent.fmt(f),
            Self::TooLarge => f.write_str("the rendered text is larger than 1 MiB"),
            Self::TooDeep => f.write_str("the data is nested too deeply"),
            Self::NotJson(why) => write!(f, "the rendered text: {why}"),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<Spent> for RenderError {
    fn from(_: Spent) -> Self {
        Self::TooCostly
    }
}
