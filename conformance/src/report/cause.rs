//! Groups findings by cause: one thing that is missing may fail many obligations.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Outcome;
use crate::obligation::Severity;

/// The findings of one check with the same expectation and the same result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cause {
    /// The name of the check.
    pub check: String,
    /// The highest severity among them.
    pub severity: Severity,
    /// The expectation, without names and values.
    pub expected: String,
    /// The result, without names and values.
    pub got: String,
    /// The ids of the obligations, at least one.
    pub obligations: Vec<String>,
}

/// The causes of the failures among `outcomes`, most severe first, then by the number of
/// obligations.
#[must_use]
pub fn causes(outcomes: &[Outcome]) -> Vec<Cause> {
    let mut causes: BTreeMap<(&str, String, String), Cause> = BTreeMap::new();
    let failed = outcomes.iter().filter(|one| one.verdict.is_failure());
    for outcome in failed {
        let message = || outcome.message.clone().unwrap_or_default();
        let finding = outcome.finding.as_ref();
        let expected = finding.map_or_else(message, |one| one.expected.clone());
        let status = outcome.exchange.as_ref().map(|one| one.status);
        let got = status.map_or("no answer".to_owned(), |status| format!("status {status}"));
        let (check, severity) = (outcome.obligation.check, outcome.obligation.severity);
        let key = (check, general(&expected), got);
        let cause = causes.entry(key.clone()).or_insert_with(|| Cause {
            check: check.to_owned(),
            severity,
            expected: key.1,
            got: key.2,
            obligations: Vec::new(),
        });
        cause.severity = cause.severity.min(severity);
        cause.obligations.push(outcome.obligation.id.clone());
    }
    let mut causes: Vec<Cause> = causes.into_values().collect();
    causes.sort_by_key(|one| (one.severity, usize::MAX - one.obligations.len()));
    causes
}

/// The maximum length of a text.
const LONGEST: usize = 160;

/// A text without what it has in quotes, and without values that follow.
pub(super) fn general(text: &str) -> String {
    let mut general = String::new();
    for (at, part) in text.split('`').enumerate() {
        match at % 2 {
            0 => general.push_str(part),
            _ => general.push_str("`…`"),
        }
    }
    let end = general.find(['{', '[', '"']);
    let plain = general[..end.unwrap_or(general.len())].trim_end();
    match plain.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &plain[..at]),
        None if end.is_some() => format!("{plain} …"),
        None => plain.to_owned(),
    }
}

impl Cause {
    /// The cause in one line: the number of obligations, the check, the difference, and an
    /// example.
    #[must_use]
    pub fn line(&self) -> String {
        let count = self.obligations.len();
        let first = self.obligations.first().map_or("", String::as_str);
        let more = match count {
            1 => String::new(),
            _ => format!(" and {} more", count - 1),
        };
        format!(
            "{count:>4} {} {}: expected {}, got {} ({first}{more})",
            self.severity.word(),
            self.check,
            self.expected,
            self.got
        )
    }
}

#[cfg(test)]
mod tests {
    use super::general;

    #[test]
    fn a_cause_names_no_member() {
        let one = general("status 400, with a violation at `/address/street` and the code `type`");
        assert_eq!(one, "status 400, with a violation at `…` and the code `…`");
        assert_eq!(general("`label` is \"a\", got \"b\""), "`…` is …");
        assert_eq!(general("status 201"), "status 201");
    }
}
