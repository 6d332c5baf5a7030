//! Verdicts on single obligations.

use schemars::JsonSchema;
use serde::Serialize;

use super::Finding;
use crate::harness::Exchange;
use crate::obligation::Obligation;

/// What was found about an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The service does what the rows say, and this run told it from one that does not.
    Pass,
    /// The service does something else.
    Fail,
    /// Another rule explains what was seen.
    Inconclusive,
    /// Something that the check needs was not there.
    Skipped,
    /// It does not hold, and that is accepted for now.
    Waived,
}

impl Verdict {
    /// The verdict in one word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Inconclusive => "inconclusive",
            Self::Skipped => "skipped",
            Self::Waived => "waived",
        }
    }

    /// Whether somebody has to act on it.
    #[must_use]
    pub fn is_finding(self) -> bool {
        matches!(self, Self::Fail | Self::Inconclusive)
    }
}

/// An obligation that was judged.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    /// The obligation.
    pub obligation: Obligation,
    /// The verdict.
    pub verdict: Verdict,
    /// What was expected and what came, or why nothing could be said.
    pub message: Option<String>,
    /// What a failure is about: the rule, what was sent, what came.
    pub finding: Option<Finding>,
    /// Where it showed.
    pub exchange: Option<Exchange>,
    /// A command line that sends the same request.
    pub curl: Option<String>,
    /// Flags that give the same inputs again.
    pub replay: String,
    /// The seed and the number of cases among them.
    pub inputs: (u64, u32),
    /// How long it took, in milliseconds.
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
