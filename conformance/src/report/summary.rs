//! The whole report: how much of each document is proven.

use std::collections::BTreeMap;

use fieldproof_spec::coverage::rows;
use fieldproof_spec::model::{Api, Ruling};
use schemars::JsonSchema;
use serde::Serialize;

use super::matrix::{Line, lines};
use super::passage::{Pages, pages};
use super::unjudged::unjudged;
use super::{Cause, Outcome, Verdict, causes};
use crate::obligation::fits;
use crate::options::Options;

/// The results of a run.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// The version of this format: 1.
    pub fieldproof: u32,
    /// The URL of the service.
    pub url: String,
    /// The seed.
    pub seed: u64,
    /// Whether only some obligations were selected, so that results per row are incomplete.
    pub partial: bool,
    /// The number of obligations by verdict.
    pub counts: BTreeMap<&'static str, usize>,
    /// The rows of each spec.
    pub documents: Vec<Document>,
    /// The obligations by resource and operation.
    pub matrix: Vec<Line>,
    /// The rulings of each spec.
    pub rulings: Vec<RulingState>,
    /// Whether what is unstable is no failure of the run.
    pub unstable_allowed: bool,
    /// Accepted findings that no longer occur and can be removed from the baseline.
    pub stale: Vec<String>,
    /// APIs of which nothing was judged, with the reason; without failures, the run is
    /// still no success.
    pub unjudged: Vec<String>,
    /// Failures by cause, most severe first.
    pub causes: Vec<Cause>,
    /// How often the service refused a request that came too early (429), which was sent again.
    pub early: usize,
    /// All outcomes.
    pub outcomes: Vec<Outcome>,
}

/// How many rows of a spec are proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Document {
    /// The API.
    pub api: String,
    /// The file of the spec.
    pub spec: String,
    /// The files of the documents.
    pub files: Vec<String>,
    /// The number of rows in the spec.
    pub rows: usize,
    /// The number of rows with at least one obligation.
    pub checked: usize,
    /// The number of rows whose obligations all hold.
    pub proven: usize,
    /// The number of rows with skipped obligations, and no others that do not hold.
    pub skipped: usize,
    /// The rows that are not proven, by path.
    pub unproven: Vec<String>,
    /// The documents, line by line.
    pub pages: Vec<Pages>,
}

/// The state of a ruling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RulingState {
    /// The API.
    pub api: String,
    /// The id of the ruling.
    pub id: String,
    /// The question.
    pub title: String,
    /// The statements in the documents, by line.
    pub documented: Vec<(String, String)>,
    /// The decision.
    pub chosen: String,
    /// The reason.
    pub why: String,
    /// `proven`, `failed`, `unproven`, or what the ruling waits for.
    pub state: String,
    /// The number of obligations that show it.
    pub obligations: usize,
}

impl Report {
    pub(crate) fn new(apis: &[Api], outcomes: Vec<Outcome>, options: &Options) -> Self {
        let mut counts = BTreeMap::new();
        for outcome in &outcomes {
            *counts.entry(outcome.verdict.word()).or_default() += 1;
        }
        let judged: BTreeMap<&str, Verdict> = outcomes
            .iter()
            .map(|one| (one.obligation.id.as_str(), one.verdict))
            .collect();
        let gone = |id: &&str| match judged.get(id) {
            Some(verdict) => *verdict == Verdict::Pass,
            None => !options.is_partial(),
        };
        let idle = |pattern: &&str| {
            let mut ids = judged.keys();
            !options.is_partial() && !ids.any(|id| fits(pattern, id))
        };
        let accepted = options.baseline.ids().filter(gone);
        let stale = accepted.chain(options.baseline.parts().filter(idle));
        let stale = stale.map(str::to_owned).collect();
        let documents: Vec<Document> = apis.iter().map(|api| document(api, &outcomes)).collect();
        Self {
            fieldproof: 1,
            stale,
            unstable_allowed: options.allow_unstable,
            url: options.url.clone(),
            seed: options.seed,
            partial: options.is_partial(),
            counts,
            matrix: apis.iter().flat_map(|api| lines(api, &outcomes)).collect(),
            rulings: rulings(apis, &outcomes),
            unjudged: unjudged(&documents, &outcomes, options),
            documents,
            causes: causes(&outcomes),
            early: 0,
            outcomes,
        }
    }

    /// Whether every obligation passed.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.outcomes
            .iter()
            .all(|outcome| outcome.verdict == Verdict::Pass)
    }

    /// Whether nothing failed that is not accepted, no waiver is stale, and every API was
    /// judged.
    #[must_use]
    pub fn is_success(&self) -> bool {
        let steady = self.unstable_allowed || self.count(Verdict::Unstable) == 0;
        steady
            && self.count(Verdict::Fail) == 0
            && self.stale.is_empty()
            && self.unjudged.is_empty()
    }

    /// The number of obligations with this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.counts.get(verdict.word()).copied().unwrap_or_default()
    }
}

fn document(api: &Api, outcomes: &[Outcome]) -> Document {
    let mut verdicts: BTreeMap<&str, Vec<Verdict>> = BTreeMap::new();
    for outcome in outcomes
        .iter()
        .filter(|outcome| outcome.obligation.api == api.name)
    {
        for row in &outcome.obligation.rows {
            verdicts.entry(&row.path).or_default().push(outcome.verdict);
        }
    }
    let rows = rows(api);
    let judged = |path: &str| verdicts.get(path).map(Vec::as_slice).unwrap_or_default();
    let proven = |path: &str| {
        !judged(path).is_empty() && judged(path).iter().all(|verdict| *verdict == Verdict::Pass)
    };
    let skipped = |path: &str| {
        let closed = |verdict: &Verdict| matches!(verdict, Verdict::Pass | Verdict::Skipped);
        !judged(path).is_empty() && !proven(path) && judged(path).iter().all(closed)
    };
    Document {
        api: api.name.clone(),
        spec: api.file.clone(),
        files: api
            .documents
            .values()
            .map(|document| document.file.clone())
            .collect(),
        rows: rows.len(),
        checked: rows
            .iter()
            .filter(|row| !judged(&row.path).is_empty())
            .count(),
        proven: rows.iter().filter(|row| proven(&row.path)).count(),
        skipped: rows.iter().filter(|row| skipped(&row.path)).count(),
        unproven: rows
            .iter()
            .filter(|row| !proven(&row.path))
            .map(|row| row.path.clone())
            .collect(),
        pages: pages(api, outcomes),
    }
}

/// All rulings, each once; rulings of a shared file apply to all APIs that use it.
fn rulings(apis: &[Api], outcomes: &[Outcome]) -> Vec<RulingState> {
    let mut states = Vec::new();
    for (at, api) in apis.iter().enumerate() {
        for (id, ruling) in &api.rulings {
            let same = |other: &Api| other.rulings.get(id) == Some(ruling);
            if !apis[..at].iter().any(same) {
                let sharing: Vec<&str> = apis
                    .iter()
                    .filter(|other| same(other))
                    .map(|other| other.name.as_str())
                    .collect();
                states.push(judged_ruling(&sharing, id, ruling, outcomes));
            }
        }
    }
    states
}

fn judged_ruling(apis: &[&str], id: &str, ruling: &Ruling, outcomes: &[Outcome]) -> RulingState {
    let own: Vec<&Outcome> = outcomes
        .iter()
        .filter(|outcome| apis.contains(&outcome.obligation.api.as_str()))
        .collect();
    let state = |id: &str, checks: &[String], due: Option<&String>| {
        let shown: Vec<Verdict> = own
            .iter()
            .filter(|outcome| {
                let named = outcome.obligation.rulings().contains(id);
                named
                    || checks
                        .iter()
                        .any(|pattern| fits(pattern, &outcome.obligation.id))
            })
            .map(|outcome| outcome.verdict)
            .collect();
        let state = match due {
            Some(due) => format!("not yet due: {due}"),
            None if shown.iter().any(|one| one.is_failure()) => "failed".to_owned(),
            None if !shown.is_empty() && shown.iter().all(|verdict| *verdict == Verdict::Pass) => {
                "proven".to_owned()
            }
            None => "unproven".to_owned(),
        };
        (state, if due.is_some() { 0 } else { shown.len() })
    };
    let (state, obligations) = state(id, &ruling.checks, ruling.due.as_ref());
    RulingState {
        api: apis.join(", "),
        id: id.to_owned(),
        title: ruling.title.clone(),
        documented: ruling
            .documented
            .iter()
            .map(|(cite, text)| (cite.to_string(), text.clone()))
            .collect(),
        chosen: ruling.chosen.clone(),
        why: ruling.why.clone(),
        state,
        obligations,
    }
}
