//! Reports: what was judged, and how it reads.

pub mod html;
mod outcome;
mod passage;
mod summary;
pub mod terminal;

pub use outcome::{Outcome, Verdict};
pub use passage::{Pages, Passage};
pub use summary::{Document, Report, RulingState};

/// The report as JSON text.
#[must_use]
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
