//! Conformance: from a checked spec to verdicts on any running service.
//!
//! [`compile`] gives the obligations of an API, [`run`] judges a service by
//! them; [`model`] is the reference that both lean on. Nothing here knows the
//! runtime or the generated code.

mod baseline;
pub mod check;
pub mod code;
mod fixtures;
mod http;
mod keys;
pub mod lab;
pub mod model;
pub mod mutant;
mod obligation;
mod presets;
mod regression;
pub mod report;
mod run;
mod schedule;
pub mod strategy;
mod worker;

pub use baseline::{Baseline, Waiver};
pub use fixtures::{Fixture, Fixtures, fixtures, of as fixtures_of};
pub use obligation::{Obligation, Place, Severity, compile, fits};
pub use regression::Regressions;
pub use run::{Event, Options, run};
