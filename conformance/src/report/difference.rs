//! What differs between the reports of two runs.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use super::cause::general;

/// A report as far as runs are compared by it.
#[derive(Debug, Clone, Deserialize)]
pub struct Recorded {
    fieldproof: u32,
    partial: bool,
    outcomes: Vec<RecordedOutcome>,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedOutcome {
    obligation: RecordedObligation,
    verdict: String,
    message: Option<String>,
    finding: Option<RecordedFinding>,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedObligation {
    id: String,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedFinding {
    expected: String,
    got: String,
}

impl Recorded {
    /// Reads the text of a report in JSON.
    ///
    /// # Errors
    /// Text that is no such report.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match read.fieldproof {
            1 => Ok(read),
            other => Err(format!(
                "a report of version {other}, and this program knows version 1"
            )),
        }
    }

    fn by_id(&self) -> BTreeMap<&str, &RecordedOutcome> {
        let outcomes = self.outcomes.iter();
        outcomes
            .map(|one| (one.obligation.id.as_str(), one))
            .collect()
    }
}

impl RecordedOutcome {
    /// Whether the service did something else than the rows say.
    fn fails(&self) -> bool {
        matches!(self.verdict.as_str(), "fail" | "unstable")
    }

    /// Why it is as it is, in one line.
    fn reason(&self) -> String {
        let text = match &self.finding {
            Some(finding) => format!("expected {}, got {}", finding.expected, finding.got),
            None => self.message.clone().unwrap_or_default(),
        };
        text.replace(['\n', '\r'], " ")
    }

    /// The reason without names and values, which another seed changes.
    fn cause(&self) -> String {
        match &self.finding {
            Some(finding) => format!(
                "{}, got {}",
                general(&finding.expected),
                general(&finding.got)
            ),
            None => general(&self.message.clone().unwrap_or_default()),
        }
    }
}

/// What became of an obligation from one run to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It fails, and did not before or was not there.
    NewlyFailing,
    /// It failed, and fails for another reason now.
    OtherReason,
    /// It failed before, and does not now.
    Mended,
    /// Neither of both runs shows that it fails, and the verdict is another one.
    OtherVerdict,
    /// It was not there before.
    New,
    /// It is no longer there.
    Gone,
}

impl Turn {
    /// Every turn, the gravest first.
    pub const ALL: &'static [Self] = &[
        Self::NewlyFailing,
        Self::OtherReason,
        Self::Mended,
        Self::OtherVerdict,
        Self::New,
        Self::Gone,
    ];

    /// The turn in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NewlyFailing => "newly failing",
            Self::OtherReason => "failing for another reason",
            Self::Mended => "mended",
            Self::OtherVerdict => "another verdict",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// The differences of two runs: for each turn the obligations with what there is to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference(BTreeMap<Turn, Vec<(String, String)>>);

/// What differs from the run of one report to that of another. An obligation that a run
/// of a part did not ask is not gone.
#[must_use]
pub fn difference(before: &Recorded, after: &Recorded) -> Difference {
    let mut found = Difference::default();
    let (old, new) = (before.by_id(), after.by_id());
    for (id, now) in &new {
        let then = old.get(id);
        let turn = match then.map(|one| one.fails()) {
            None if now.fails() => Turn::NewlyFailing,
            None if before.partial => continue,
            None => Turn::New,
            Some(false) if now.fails() => Turn::NewlyFailing,
            Some(true) if !now.fails() => Turn::Mended,
            Some(true) if then.is_some_and(|one| one.cause() != now.cause()) => Turn::OtherReason,
            Some(_) if then.is_some_and(|one| one.verdict != now.verdict) => Turn::OtherVerdict,
            Some(_) => continue,
        };
        let was = then.map_or("not there", |one| one.verdict.as_str());
        let mut said = format!("{was}, now {}", now.verdict);
        let reason = now.reason();
        if !reason.is_empty() {
            let _ = write!(said, ": {reason}");
        }
        found.add(turn, id, said);
    }
    for (id, then) in old
        .iter()
        .filter(|(id, _)| !new.contains_key(*id) && !after.partial)
    {
        found.add(Turn::Gone, id, format!("was {}", then.verdict));
    }
    found
}

impl Difference {
    fn add(&mut self, turn: Turn, id: &str, said: String) {
        self.0.entry(turn).or_default().push((id.to_owned(), said));
    }

    /// How many obligations took a turn.
    #[must_use]
    pub fn count(&self, turn: Turn) -> usize {
        self.0.get(&turn).map_or(0, Vec::len)
    }

    /// The differences in lines, the gravest first, with their counts at the end.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (turn, found) in &self.0 {
            let line = |(id, said): &(String, String)| format!("{} {id}: {said}", turn.words());
            lines.extend(found.iter().map(line));
        }
        let counts = Turn::ALL
            .iter()
            .map(|turn| format!("{} {}", self.count(*turn), turn.words()));
        lines.push(counts.collect::<Vec<_>>().join(", "));
        lines
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Recorded, Turn, difference};

    fn report(partial: bool, outcomes: &[(&str, &str, &str)]) -> Recorded {
        let outcome = |(id, verdict, got): &(&str, &str, &str)| {
            let finding = (!got.is_empty())
                .then(|| json!({ "expected": "status 422", "got": got, "rule": "" }));
            json!({ "obligation": { "id": id, "title": "" }, "verdict": verdict, "message": null, "finding": finding })
        };
        let outcomes: Vec<Value> = outcomes.iter().map(outcome).collect();
        let text = json!({ "fieldproof": 1, "partial": partial, "outcomes": outcomes }).to_string();
        Recorded::read(&text).unwrap()
    }

    #[test]
    fn tells_what_became_of_each_obligation() {
        let before = report(
            false,
            &[
                ("breaks", "pass", ""),
                ("mends", "fail", "status 500"),
                ("waves", "waived", ""),
                ("same", "fail", "`a` is \"one\""),
                ("other", "fail", "status 201"),
                ("silent", "pass", ""),
                ("gone", "pass", ""),
            ],
        );
        let now = [
            ("breaks", "unstable", "status 500"),
            ("mends", "pass", ""),
            ("waves", "fail", "status 200"),
            ("same", "fail", "`b` is \"two\""),
            ("other", "fail", "status 500"),
            ("silent", "inconclusive", ""),
            ("new", "pass", ""),
            ("bad", "fail", "status 404"),
        ];
        let found = difference(&before, &report(false, &now));
        let counts: Vec<usize> = Turn::ALL.iter().map(|turn| found.count(*turn)).collect();
        assert_eq!(counts, [3, 1, 1, 1, 1, 1], "{:#?}", found.lines());
        let lines = found.lines();
        assert!(
            lines.contains(
                &"newly failing bad: not there, now fail: expected status 422, got status 404"
                    .to_owned()
            )
        );
        assert!(
            lines.contains(&"mended mends: fail, now pass".to_owned()),
            "{lines:#?}"
        );
        assert!(lines.contains(&"gone gone: was pass".to_owned()));
        let part = difference(&before, &report(true, &now));
        assert_eq!(part.count(Turn::Gone), 0);
        assert_eq!(difference(&before, &before).lines().len(), 1);
    }

    #[test]
    fn another_text_is_no_report() {
        for bad in [
            "",
            "{}",
            "[]",
            r#"{"fieldproof":2,"partial":false,"outcomes":[]}"#,
        ] {
            assert!(Recorded::read(bad).is_err(), "{bad}");
        }
    }
}
