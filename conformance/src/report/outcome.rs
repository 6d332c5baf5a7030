//! Verdicts on single obligations.

use schemars::JsonSchema;
use serde::Serialize;

use super::Finding;
use crate::harness::Exchange;
use crate::obligation::Obligation;

/// The result of judging an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The service does what the rows say, and this run would have noticed otherwise.
    Pass,
    /// The service violates the obligation.
    Fail,
    /// It did something else, and held when it was tried again with the same inputs.
    Unstable,
    /// Another rule explains the observed behaviour.
    Inconclusive,
    /// Something that the check needs was missing.
    Skipped,
    /// The obligation does not hold, and that is accepted for now.
    Waived,
}

impl Verdict {
    /// The verdict in one word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unstable => "unstable",
            Self::Inconclusive => "inconclusive",
            Self::Skipped => "skipped",
            Self::Waived => "waived",
        }
    }

    /// Whether somebody has to act on it.
    #[must_use]
    pub fn is_finding(self) -> bool {
        self.is_failure() || self == Self::Inconclusive
    }

    /// Whether the service did something else than the rows say.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Fail | Self::Unstable)
    }
}

/// A judged obligation.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    /// The obligation.
    pub obligation: Obligation,
    /// The verdict.
    pub verdict: Verdict,
    /// The expectation and the result, or why nothing could be judged.
    pub message: Option<String>,
    /// The explanation of a failure.
    pub finding: Option<Finding>,
    /// The exchange that shows it.
    pub exchange: Option<Exchange>,
    /// A command that repeats the request.
    pub curl: Option<String>,
    /// The flags that reproduce the inputs.
    pub replay: String,
    /// The seed and the number of cases.
    pub inputs: (u64, u32),
    /// The duration in milliseconds.
    pub millis: u64,
}

impl Outcome {
    /// The outcome as lines of text, identical in all reports.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        match &self.finding {
            Some(finding) => finding.lines(),
            None => self.message.clone().into_iter().collect(),
        }
    }
}
