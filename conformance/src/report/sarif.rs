//! The report as SARIF 2.1.0 for code scanning, with findings located at rows of specs.

use serde_json::{Value, json};

use super::{Outcome, Report, Verdict};
use crate::checks;

/// The report as SARIF 2.1.0.
#[must_use]
pub fn sarif(report: &Report) -> String {
    let rules: Vec<Value> = checks::ALL
        .iter()
        .map(|check| {
            json!({
                "id": check.name,
                "shortDescription": { "text": check.about },
                "defaultConfiguration": { "level": check.severity.level() },
            })
        })
        .collect();
    let results: Vec<Value> = report.outcomes.iter().filter_map(result).collect();
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "fieldproof",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{whole:#}\n")
}

fn result(outcome: &Outcome) -> Option<Value> {
    let obligation = &outcome.obligation;
    let level = match outcome.verdict {
        Verdict::Fail => obligation.severity.level(),
        Verdict::Unstable | Verdict::Inconclusive => "warning",
        Verdict::Waived => "note",
        Verdict::Pass | Verdict::Skipped => return None,
    };
    let message = outcome.told().join("\n");
    let places: Vec<Value> = obligation
        .rows
        .iter()
        .map(|row| {
            json!({ "physicalLocation": {
                "artifactLocation": { "uri": obligation.spec_of(row) },
                "region": { "startLine": row.line, "startColumn": row.column },
            } })
        })
        .collect();
    let lines: Vec<&str> = obligation
        .rows
        .iter()
        .flat_map(|row| &row.at)
        .map(String::as_str)
        .collect();
    let mut result = json!({
        "ruleId": obligation.check,
        "level": level,
        "message": { "text": format!("{}: {message}", obligation.id) },
        "locations": places.iter().take(1).collect::<Vec<_>>(),
        "relatedLocations": places.iter().skip(1).collect::<Vec<_>>(),
        "partialFingerprints": { "obligation/v1": obligation.id },
        "properties": { "documentLines": lines, "replay": outcome.replay, "finding": outcome.finding },
    });
    if outcome.verdict == Verdict::Waived {
        result["suppressions"] = json!([{ "kind": "external", "justification": message }]);
    }
    Some(result)
}
