//! Reports of runs, in several formats.

mod badge;
mod cause;
mod difference;
mod finding;
pub mod github;
mod har;
pub mod html;
mod hurl;
mod junit;
mod matrix;
mod outcome;
mod passage;
mod rule;
mod sarif;
mod script;
mod summary;
pub mod terminal;
mod unjudged;

pub use badge::badge;
pub use cause::{Cause, causes};
pub use difference::{Difference, Recorded, Turn, difference};
pub use finding::Finding;
pub use har::har;
pub use hurl::hurl;
pub use junit::junit;
pub use matrix::{Cell, Line};
pub use outcome::{Outcome, Verdict};
pub use passage::{Pages, Passage};
pub use sarif::sarif;
pub use script::script;
pub use summary::{Document, Report, RulingState};

/// The report as JSON text.
#[must_use]
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}

/// The JSON Schema of the report.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft07()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Report>()
        .to_value()
}
