//! The failures as a shell script of curl lines.

use super::Report;

/// The command line of each failure, in a script for a POSIX shell that needs the
/// variables of the tokens.
#[must_use]
pub fn script(report: &Report) -> String {
    let mut text = format!(
        "#!/bin/sh\n# Failures at {}, seed {}. Set the variables of the tokens first, such as TOKEN.\n",
        report.url, report.seed
    );
    let failed = report
        .outcomes
        .iter()
        .filter(|one| one.verdict.is_failure());
    for outcome in failed {
        let Some(curl) = &outcome.curl else { continue };
        text.push_str(&format!("\n# {}\n", outcome.obligation.id));
        for line in outcome.told().iter().flat_map(|told| told.lines()) {
            text.push_str(&format!("# {line}\n"));
        }
        text.push_str(curl);
        text.push('\n');
    }
    text
}
