//! How many obligations of each operation hold, to find weak spots.

use std::collections::BTreeMap;

use fieldproof_spec::model::Api;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Outcome, Verdict};
use crate::model::operations;

/// A resource with the results of its obligations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// The API.
    pub api: String,
    /// The resource; empty for the whole API.
    pub resource: String,
    /// The obligations of its members and of each operation, by name.
    pub cells: BTreeMap<String, Cell>,
}

/// The number of obligations, and how many of them pass.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cell {
    /// All obligations.
    pub all: usize,
    /// Obligations that pass.
    pub pass: usize,
}

/// The name of the cell for obligations that belong to no single operation.
const MEMBERS: &str = "members";

/// The lines of an API, in the order of its resources.
pub(super) fn lines(api: &Api, outcomes: &[Outcome]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let own = |outcome: &&Outcome| outcome.obligation.api == api.name;
    for outcome in outcomes.iter().filter(own) {
        let name = &outcome.obligation.resource;
        let at = lines.iter().position(|line| line.resource == *name);
        let at = at.unwrap_or_else(|| {
            lines.push(Line {
                api: api.name.clone(),
                resource: name.clone(),
                cells: BTreeMap::new(),
            });
            lines.len() - 1
        });
        let cell = lines[at].cells.entry(column(api, outcome)).or_default();
        cell.all += 1;
        cell.pass += usize::from(outcome.verdict == Verdict::Pass);
    }
    lines
}

/// The column of an obligation: its operation, or `members`.
fn column(api: &Api, outcome: &Outcome) -> String {
    let obligation = &outcome.obligation;
    let start = format!("{}.{}.", api.name, obligation.resource);
    let part = obligation.id.strip_prefix(&start).unwrap_or_default();
    let word = part.split(['.', ':']).next().unwrap_or_default();
    let resource = api.resource(&obligation.resource);
    let known = resource.into_iter().flat_map(operations);
    match known.into_iter().any(|(one, ..)| one.as_str() == word) {
        true => word.to_owned(),
        false => MEMBERS.to_owned(),
    }
}
