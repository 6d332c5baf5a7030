//! Conformance: from a checked spec to verdicts on any running service.
//!
//! [`compile`] gives the obligations of an API, and [`run`] judges a service by them; both
//! rely on the reference [`model`]. Nothing here depends on the runtime or the generated
//! code.

mod baseline;
pub mod campaign;
pub mod check;
pub mod checks;
pub mod code;
mod compile;
mod contact;
mod fixtures;
pub mod harness;
mod http;
mod keys;
mod kind;
mod left_out;
pub mod mock;
pub mod model;
pub mod mutant;
mod obligation;
mod options;
mod presets;
mod regression;
pub mod report;
pub mod rewrite;
mod run;
mod schedule;
mod since;
pub mod strategy;
pub mod subject;
mod support;
mod worker;

pub use baseline::{Baseline, Waiver};
pub use compile::compile;
pub use contact::{Contact, contact};
pub use fixtures::{FixtureData, Fixtures, fixtures, of as fixtures_of};
pub use obligation::{Obligation, Severity, SourceRow, fits};
pub use options::Options;
pub use regression::Regressions;
pub use run::{Event, run};
pub use since::touched;
