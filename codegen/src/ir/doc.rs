//! Documentation: a text and its source.

use fieldproof_spec::model::Row;
use serde::Serialize;

use crate::plan::Plan;

/// The documentation of an item.
#[derive(Debug, Serialize)]
pub(crate) struct Doc {
    pub(crate) text: String,
    /// Where the documents say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
}

impl Doc {
    /// The text of the spec, or `otherwise`, with the source of the row.
    pub(super) fn of(
        plan: &Plan<'_>,
        about: Option<&String>,
        otherwise: impl FnOnce() -> String,
        row: &Row,
    ) -> Self {
        Self {
            text: about.cloned().unwrap_or_else(otherwise),
            source: plan.source(row),
        }
    }
}

/// A sentence as it goes on after a colon.
pub(super) fn continued(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().filter(|first| first.is_ascii_uppercase());
    // A name of capitals stays as it is.
    match first.filter(|_| !chars.clone().next().is_some_and(|one| one.is_uppercase())) {
        Some(first) => format!("{}{}", first.to_ascii_lowercase(), chars.as_str()),
        None => text.to_owned(),
    }
}
