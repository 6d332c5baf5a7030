//! Findings that are known and accepted for now.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::report::Outcome;

/// An accepted finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The obligation.
    pub id: String,
    /// Why it is accepted.
    pub reason: String,
    /// The last day of acceptance, such as `2027-01-31`; without one it never expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// Accepted findings by obligation id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<String, Waiver>);

impl Baseline {
    /// Reads the text of a file: a JSON array of waivers.
    ///
    /// # Errors
    /// The text has another form, a waiver has no reason or an invalid date, or an
    /// obligation occurs twice.
    pub fn read(text: &str) -> Result<Self, String> {
        let all: Vec<Waiver> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut known = BTreeMap::new();
        for waiver in all {
            if waiver.reason.trim().is_empty() {
                return Err(format!("`{}` has no reason", waiver.id));
            }
            if let Some(until) = &waiver.until
                && until.parse::<Date>().is_err()
            {
                return Err(format!("`{until}` is not a day such as 2027-01-31"));
            }
            if let Some(twice) = known.insert(waiver.id.clone(), waiver) {
                return Err(format!("`{}` stands twice", twice.id));
            }
        }
        Ok(Self(known))
    }

    /// The text of a baseline file that accepts every finding of a run.
    #[must_use]
    pub fn of(outcomes: &[Outcome], url: &str) -> String {
        let found = outcomes.iter().filter(|one| one.verdict.is_finding());
        let waiver = |one: &Outcome| Waiver {
            id: one.obligation.id.clone(),
            reason: format!(
                "found at {url}: {}",
                one.message.as_deref().unwrap_or_default()
            ),
            until: None,
        };
        let waivers: Vec<Waiver> = found.map(waiver).collect();
        let mut text = serde_json::to_string_pretty(&waivers).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The waiver of an obligation, if it is valid on `today`.
    #[must_use]
    pub fn waives(&self, id: &str, today: Date) -> Option<&Waiver> {
        let waiver = self.0.get(id)?;
        let until = waiver
            .until
            .as_ref()
            .and_then(|day| day.parse::<Date>().ok());
        until.is_none_or(|day| today <= day).then_some(waiver)
    }

    /// The ids of obligations with a waiver.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Baseline;

    #[test]
    fn a_waiver_has_a_reason_and_ends_on_its_day() {
        let read = |text: &str| Baseline::read(text);
        let known =
            read(r#"[{"id":"a","reason":"b","until":"2026-01-31"},{"id":"c","reason":"d"}]"#);
        let known = known.unwrap();
        let day = |text: &str| text.parse().unwrap();
        assert!(known.waives("a", day("2026-01-31")).is_some());
        assert!(known.waives("a", day("2026-02-01")).is_none());
        assert!(
            known.waives("c", day("2126-02-01")).is_some()
                && known.waives("e", day("2026-01-01")).is_none()
        );
        for bad in [
            "{}",
            r#"[{"id":"a"}]"#,
            r#"[{"id":"a","reason":" "}]"#,
            r#"[{"id":"a","reason":"b","until":"soon"}]"#,
            r#"[{"id":"a","reason":"b"},{"id":"a","reason":"b"}]"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
