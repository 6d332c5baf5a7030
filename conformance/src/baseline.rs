//! Findings that are known and accepted for now.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::obligation::fits;
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
    /// Whether it is not even asked: an optional part that the service does not have. The id
    /// is a pattern then, with `*` for any text.
    #[serde(
        default,
        rename = "leave-out",
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub leave_out: bool,
}

impl Waiver {
    /// Whether it is valid on `today`.
    fn holds(&self, today: Date) -> bool {
        let until = self.until.as_ref();
        let until = until.and_then(|day| day.parse::<Date>().ok());
        until.is_none_or(|day| today <= day)
    }
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
            leave_out: false,
        };
        let waivers: Vec<Waiver> = found.map(waiver).collect();
        let mut text = serde_json::to_string_pretty(&waivers).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The waiver of an obligation, if it is valid on `today`.
    #[must_use]
    pub fn waives(&self, id: &str, today: Date) -> Option<&Waiver> {
        let waiver = self.0.get(id).filter(|one| !one.leave_out)?;
        waiver.holds(today).then_some(waiver)
    }

    /// Why an obligation is not asked on `today`, if it is left out.
    #[must_use]
    pub fn leaves_out(&self, id: &str, today: Date) -> Option<&str> {
        let mut parts = self
            .0
            .values()
            .filter(|one| one.leave_out && one.holds(today));
        let part = parts.find(|one| fits(&one.id, id));
        part.map(|one| one.reason.as_str())
    }

    /// The patterns of what is left out.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let parts = self.0.values().filter(|one| one.leave_out);
        parts.map(|one| one.id.as_str())
    }

    /// The ids of obligations with a waiver.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let waived = self.0.values().filter(|one| !one.leave_out);
        waived.map(|one| one.id.as_str())
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
        let part =
            r#"[{"id":"a.list.sort.*","leave-out":true,"reason":"no sort","until":"2026-01-31"}]"#;
        let part = read(part).unwrap();
        let left = |id: &str, today: &str| part.leaves_out(id, day(today));
        assert_eq!(left("a.list.sort.b:orders", "2026-01-31"), Some("no sort"));
        assert_eq!(left("a.list.sort.b:orders", "2026-02-01"), None);
        assert_eq!(left("a.list:status", "2026-01-31"), None);
        assert_eq!((part.ids().count(), part.parts().count()), (0, 1));
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
