//! The report as JUnit XML, which most CI systems display.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};

use super::{Outcome, Report, Verdict};

/// The report as XML: a suite per API, a test case per obligation.
///
/// # Errors
/// A text cannot be written as XML.
pub fn junit(report: &Report) -> Result<String, String> {
    let mut whole = Junit::new("fieldproof");
    for document in &report.documents {
        let mut suite = TestSuite::new(document.api.as_str());
        let own = |outcome: &&Outcome| outcome.obligation.api == document.api;
        for outcome in report.outcomes.iter().filter(own) {
            suite.add_test_case(case(outcome));
        }
        whole.add_test_suite(suite);
    }
    whole.to_string().map_err(|error| error.to_string())
}

fn case(outcome: &Outcome) -> TestCase {
    let message = outcome.message.as_deref().unwrap_or_default();
    let status = match outcome.verdict {
        Verdict::Pass => TestCaseStatus::success(),
        // If nothing could be judged, that is no failure.
        Verdict::Inconclusive | Verdict::Skipped | Verdict::Waived => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(message);
            status
        }
        Verdict::Fail | Verdict::Unstable => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(outcome.obligation.check);
            status.set_message(message);
            status.set_description(described(outcome));
            status
        }
    };
    let mut case = TestCase::new(outcome.obligation.id.as_str(), status);
    case.set_classname(format!(
        "{}.{}",
        outcome.obligation.api, outcome.obligation.check
    ));
    case.set_time(Duration::from_millis(outcome.millis));
    case
}

/// The source of an obligation, and how to reproduce the outcome.
fn described(outcome: &Outcome) -> String {
    let mut lines = outcome.told();
    for row in &outcome.obligation.rows {
        lines.push(format!(
            "{}:{}:{} {}",
            outcome.obligation.spec_of(row),
            row.line,
            row.column,
            row.path
        ));
        lines.extend(row.at.iter().cloned());
    }
    if let Some(exchange) = &outcome.exchange {
        lines.push(format!(
            "{} {} -> {}",
            exchange.method, exchange.url, exchange.status
        ));
    }
    lines.extend(outcome.curl.clone());
    lines.push(format!("inputs: {}", outcome.replay));
    lines.join("\n")
}
