//! Parsing of the query of a list.

use std::collections::HashSet;

use fieldproof_spec::model::{Asks, Resource};
use serde_json::{Value, json};

use crate::model::paging::Wanted;
use crate::model::service::refusal::{decode, problem, refusal};
use crate::model::service::{Refusal, Request, Service};
use crate::model::{Question, list, query_instant};

/// The parsed query of a list.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) wanted: Wanted,
    /// The raw parameters that are repeated in links to other pages.
    pub(super) others: String,
}

impl Asked {
    /// A list request without parameters, with the default number of objects.
    fn of(resource: &Resource, cap: Option<u32>) -> Self {
        let mut asked = Self {
            wanted: Wanted::nothing(resource, cap),
            ..Self::default()
        };
        asked.question.descending = list::default_descending(resource);
        asked
    }

    /// Puts the bounds of intervals in order and turns page numbers into offsets.
    fn settle(&mut self, intervals: &[fieldproof_spec::model::Interval]) {
        for interval in intervals {
            turn_round(&mut self.question.filters, &interval.from, &interval.to);
        }
        self.wanted.settle();
    }
}

/// Swaps the bounds of an interval if they are reversed.
fn turn_round(filters: &mut [(String, String)], from: &str, to: &str) {
    let at = |name: &str| filters.iter().position(|(other, _)| other == name);
    let (Some(from), Some(to)) = (at(from), at(to)) else {
        return;
    };
    if query_instant(&filters[from].1) > query_instant(&filters[to].1) {
        let earlier = filters[to].1.clone();
        filters[to].1 = std::mem::replace(&mut filters[from].1, earlier);
    }
}

impl Service {
    /// Reads the query of a list.
    pub(super) fn ask(&self, resource: &Resource, request: &Request) -> Result<Asked, Refusal> {
        let spec = resource
            .list
            .as_ref()
            .ok_or_else(|| problem(404, "not_found", &[]))?;
        let page = spec.page.as_ref().map(|(page, _)| page);
        let pages = page.map_or_else(Vec::new, |page| page.parameters());
        let mut asked = Asked::of(resource, self.api.switches.list_cap);
        let mut refused = Vec::new();
        let mut seen = HashSet::new();
        for raw in request.query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
            let (Some(name), Some(value)) = (decode(name), decode(value)) else {
                refused.push((String::new(), "format"));
                continue;
            };
            let mut filters = spec.filters.iter();
            let several =
                filters.any(|one| one.op.asks() == Asks::Several && one.names.contains(&name));
            if !seen.insert(name.clone()) && !several {
                refused.push((name, "repeated_parameter"));
                continue;
            }
            // Links set what turns pages themselves.
            let own = pages.iter().find(|one| one.name == name);
            if own.is_none() {
                asked.others.push_str(&format!("{raw}&"));
            }
            let taken = match page.zip(own.filter(|one| !one.is_filter)) {
                Some((page, one)) if asked.wanted.take(page, one.role, &value).is_some() => Ok(()),
                Some(_) => Err("not_a_value"),
                None => self.take(resource, spec, &name, value, &mut asked.question),
            };
            refused.extend(taken.err().map(|code| (name, code)));
        }
        asked.settle(&spec.intervals);
        match refused.is_empty() {
            true => Ok(asked),
            false => {
                let errors: Vec<Value> = refused
                    .iter()
                    .map(|(name, code)| json!({ "parameter": name, "code": code, "detail": "" }))
                    .collect();
                Err(refusal(400, "bad_query", errors))
            }
        }
    }
}
