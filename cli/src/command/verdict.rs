//! The last line of `prove`.

use std::path::Path;
use std::time::Duration;

use fieldproof_conformance::report::{Report, Verdict};

/// Whether everything is proven, of how many rows, in which time, and where the report is.
pub(super) fn line(proven: bool, reports: &[&Report], took: Duration, page: &Path) -> String {
    let Some(first) = reports.first() else {
        return "not proven".to_owned();
    };
    let rows: usize = first.documents.iter().map(|one| one.rows).sum();
    let shown: usize = first.documents.iter().map(|one| one.proven).sum();
    let due = |state: &str| !state.starts_with("not yet due");
    let rulings = first.rulings.iter().filter(|one| due(&one.state));
    let held = first.rulings.iter().filter(|one| one.state == "proven");
    let count = |verdict| -> usize { reports.iter().map(|one| one.count(verdict)).sum() };
    let all: usize = reports.iter().map(|one| one.outcomes.len()).sum();
    let others = [
        Verdict::Fail,
        Verdict::Unstable,
        Verdict::Inconclusive,
        Verdict::Skipped,
    ]
    .map(|verdict| (count(verdict), verdict.word()));
    let others: Vec<String> = others
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let others = match others.is_empty() {
        true => String::new(),
        false => format!(" ({})", others.join(", ")),
    };
    let skipped = first.documents.iter().any(|one| one.skipped > 0);
    let word = match (proven, first.partial) {
        (true, false) if skipped => "no failure, and not all could be asked",
        (true, false) => "proven",
        (true, true) => "no failure in what was chosen",
        (false, _) => "not proven",
    };
    format!(
        "{word}: {shown} of {rows} rows, {} of {} rulings, {} of {all} obligations{others} in {:.1} s; report: {}",
        held.count(),
        rulings.count(),
        count(Verdict::Pass),
        took.as_secs_f64(),
        page.display()
    )
}
