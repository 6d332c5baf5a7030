//! The state of each line of a document.

use std::collections::BTreeMap;

use fieldproof_spec::coverage::named;
use fieldproof_spec::model::Api;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Outcome, Verdict};

/// A document, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pages {
    /// Its file.
    pub file: String,
    /// Its lines in order, without those that nothing cites or mentions.
    pub passages: Vec<Passage>,
}

/// Consecutive lines with the same state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Passage {
    /// The first line.
    pub first: u32,
    /// The last line.
    pub last: u32,
    /// `pass`, the worst other verdict, `unchecked`, `ignored` or `pending`.
    pub state: &'static str,
    /// The rows that cite these lines.
    pub rows: Vec<String>,
    /// The obligations of those rows.
    pub obligations: Vec<String>,
    /// Why the lines are left out.
    pub why: Option<String>,
}

/// The documents of an API.
pub(super) fn pages(api: &Api, outcomes: &[Outcome]) -> Vec<Pages> {
    let mut judged: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    let own = |outcome: &&Outcome| outcome.obligation.api == api.name;
    for outcome in outcomes.iter().filter(own) {
        for row in &outcome.obligation.rows {
            judged.entry(&row.path).or_default().push(outcome);
        }
    }
    let page = named(api).into_iter().map(|document| {
        let left_out = |state: &'static str, lines: BTreeMap<u32, String>| {
            lines
                .into_iter()
                .map(move |(line, why)| (line, passage(line, state, Vec::new(), Some(why))))
        };
        let mut lines: BTreeMap<u32, Passage> = left_out("ignored", document.ignored).collect();
        lines.extend(left_out("pending", document.pending));
        for (line, rows) in document.cited {
            let mut found: Vec<&Outcome> = Vec::new();
            for row in &rows {
                found.extend(judged.get(row.as_str()).into_iter().flatten());
            }
            let worst = found
                .iter()
                .map(|outcome| outcome.verdict)
                .max_by_key(weight);
            let mut one = passage(line, worst.map_or("unchecked", Verdict::word), rows, None);
            let ids = found.iter().map(|outcome| outcome.obligation.id.clone());
            one.obligations = ids.collect();
            one.obligations.sort();
            one.obligations.dedup();
            lines.insert(line, one);
        }
        Pages {
            file: document.file,
            passages: together(lines.into_values()),
        }
    });
    page.collect()
}

/// The weight of a verdict: failures weigh more than what could not be judged.
fn weight(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Pass => 0,
        Verdict::Skipped | Verdict::Waived => 1,
        Verdict::Inconclusive => 2,
        Verdict::Unstable => 3,
        Verdict::Fail => 4,
    }
}

fn passage(line: u32, state: &'static str, rows: Vec<String>, why: Option<String>) -> Passage {
    Passage {
        first: line,
        last: line,
        state,
        rows,
        obligations: Vec::new(),
        why,
    }
}

/// Joins consecutive lines with the same state.
fn together(lines: impl Iterator<Item = Passage>) -> Vec<Passage> {
    let mut joined: Vec<Passage> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last)
                if last.last + 1 == line.first
                    && (&last.rows, &last.why) == (&line.rows, &line.why) =>
            {
                last.last = line.last;
            }
            _ => joined.push(line),
        }
    }
    joined
}
