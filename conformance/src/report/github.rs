//! The report for GitHub Actions.

use super::{Outcome, Report, Verdict};

/// The number of annotations that GitHub shows for a step.
const SHOWN: usize = 10;

/// The number of findings that the summary lists.
const LISTED: usize = 30;

/// Workflow commands for annotations at rows of specs, most severe first; the rest goes
/// into [`summary`].
#[must_use]
pub fn annotations(report: &Report) -> String {
    let mut text = String::new();
    for outcome in findings(report).into_iter().take(SHOWN) {
        let obligation = &outcome.obligation;
        let level = match outcome.verdict {
            Verdict::Fail => "error",
            _ => "warning",
        };
        let row = obligation.rows.first();
        let (line, column) = row.map_or((1, 1), |row| (row.line, row.column));
        let message = outcome.told().join("\n");
        text.push_str(&format!(
            "::{level} file={},line={line},col={column},title={}::{}\n",
            property(row.map_or(&obligation.spec, |row| obligation.spec_of(row))),
            property(&obligation.id),
            data(&message)
        ));
    }
    text
}

/// The report as Markdown for the summary of the step.
#[must_use]
pub fn summary(report: &Report) -> String {
    let mut text = String::from("## Conformance\n\n| API | rows | proven |\n|---|---|---|\n");
    for document in &report.documents {
        text.push_str(&format!(
            "| {} | {} | {} |\n",
            document.api, document.rows, document.proven
        ));
    }
    let counts: Vec<String> = report
        .counts
        .iter()
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    text.push_str(&format!("\n{} (seed {})\n", counts.join(", "), report.seed));
    if !report.causes.is_empty() {
        text.push_str(
            "\n| obligations | check | expected | got | such as |\n|---|---|---|---|---|\n",
        );
    }
    for cause in &report.causes {
        text.push_str(&format!(
            "| {} | {} ({}) | {} | {} | `{}` |\n",
            cause.obligations.len(),
            cause.check,
            cause.severity.word(),
            cell(&cause.expected),
            cell(&cause.got),
            cause.obligations.first().map_or("", String::as_str)
        ));
    }
    let findings = findings(report);
    if !findings.is_empty() {
        text.push_str("\n| verdict | obligation | what |\n|---|---|---|\n");
    }
    // As many findings as people read in a pull request; other reports list all.
    for outcome in findings.into_iter().take(LISTED) {
        let lines = outcome.told();
        let lines: Vec<String> = lines.iter().map(|line| cell(line)).collect();
        let cell = lines.join("<br>");
        text.push_str(&format!(
            "| {} | `{}` | {cell} |\n",
            outcome.verdict.word(),
            outcome.obligation.id
        ));
    }
    text
}

fn findings(report: &Report) -> Vec<&Outcome> {
    let bad = |outcome: &&Outcome| outcome.verdict.is_finding();
    let mut all: Vec<&Outcome> = report.outcomes.iter().filter(bad).collect();
    all.sort_by_key(|outcome| (outcome.verdict, outcome.obligation.severity));
    all
}

/// Escapes text for a table cell.
fn cell(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// Escapes text for the data of a workflow command.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D");
    text.replace('\n', "%0A")
}

/// Escapes text for a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
