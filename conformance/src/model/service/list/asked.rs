//! Parsing of the query of a list.

use std::collections::HashSet;

use fieldproof_spec::model::{Asks, Page, PageStyle, Resource};
use serde_json::{Value, json};

use crate::model::service::refusal::{decode, problem, refusal};
use crate::model::service::{Refusal, Request, Service};
use crate::model::{Question, list, query_instant};

/// The parsed query of a list.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
    /// The object after which the page begins, by creation time and identifier.
    pub(super) after: Option<(i64, String)>,
    /// The number and size of the page, for numbered pages.
    pub(super) page: Option<(usize, usize)>,
    /// Whether the client asks for a page.
    pub(super) paged: bool,
    /// The raw parameters that are repeated in links to other pages.
    pub(super) others: String,
}

impl Asked {
    /// A list request without parameters, with the default number of objects.
    fn of(resource: &Resource, page: Option<&Page>, cap: Option<u32>) -> Self {
        let limit = page.and_then(|page| match page.style {
            PageStyle::LimitOffset => page.default.or(cap),
            // A numbered page is never larger than the page maximum, unless a cursor
            // continues the list.
            PageStyle::PageNumber if continues(resource, page).is_none() => {
                cap.map(|cap| cap.min(page.max))
            }
            PageStyle::PageNumber | PageStyle::IdAfter | PageStyle::Cursor => cap,
        });
        let mut asked = Self {
            limit: limit.map(|limit| limit as usize),
            ..Self::default()
        };
        asked.question.descending = list::default_descending(resource);
        asked
    }

    /// Applies a paging parameter; returns whether it is valid.
    fn turn(&mut self, page: &Page, name: &str, value: &str) -> bool {
        let own = |parameter: &Option<String>| parameter.as_deref() == Some(name);
        let number = number(value);
        let positive = number.filter(|number| *number > 0);
        if page.style == PageStyle::LimitOffset {
            self.paged = true;
            match (name, number) {
                ("limit", Some(number)) if (1..=u64::from(page.max)).contains(&number) => {
                    self.limit = Some(number as usize);
                }
                ("offset", Some(number)) => self.offset = number as usize,
                _ => return false,
            }
            return true;
        }
        if own(&page.cursor) || page.style == PageStyle::Cursor {
            let place = value.split_once('.');
            self.after = place.and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
            return self.after.is_some();
        }
        let usual = page.default.unwrap_or(page.max) as usize;
        let (before, size) = self.page.unwrap_or((1, usual));
        match positive {
            Some(number) if own(&page.by) => self.page = Some((number as usize, size)),
            Some(number) if number <= u64::from(page.max) => {
                self.page = Some((before, number as usize));
            }
            _ => return false,
        }
        true
    }

    /// Puts the bounds of intervals in order and turns page numbers into offsets.
    fn settle(&mut self, intervals: &[fieldproof_spec::model::Interval]) {
        for interval in intervals {
            turn_round(&mut self.question.filters, &interval.from, &interval.to);
        }
        if let Some((number, size)) = self.page {
            self.paged = true;
            self.limit = Some(size);
            self.offset = (number - 1).saturating_mul(size);
        }
    }
}

/// A number of decimal digits only, at most `i64::MAX`.
fn number(text: &str) -> Option<u64> {
    let digits = text.chars().all(|c| c.is_ascii_digit());
    let number = text.parse::<u64>().ok().filter(|_| digits);
    number.filter(|number| *number <= i64::MAX as u64)
}

/// The parameter that continues a list in creation order; `None` if the list can be sorted.
pub(super) fn continues<'p>(resource: &Resource, page: &'p Page) -> Option<&'p String> {
    let sorted = resource
        .list
        .as_ref()
        .is_some_and(|list| list.sort.is_some());
    page.cursor.as_ref().filter(|_| !sorted)
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

/// Whether a parameter selects the page, and whether links set it themselves.
fn turns(page: &Page, name: &str) -> (bool, bool) {
    if page.style == PageStyle::LimitOffset {
        let own = matches!(name, "limit" | "offset");
        return (own, own);
    }
    let named = |own: &Option<String>| own.as_deref() == Some(name);
    let own = [&page.by, &page.size, &page.cursor].into_iter().any(named);
    // Beginning after an identifier is treated as a filter by identifier.
    (own && page.style != PageStyle::IdAfter, own)
}

impl Service {
    /// Reads the query of a list.
    pub(super) fn ask(&self, resource: &Resource, request: &Request) -> Result<Asked, Refusal> {
        let spec = resource
            .list
            .as_ref()
            .ok_or_else(|| problem(404, "not_found", &[]))?;
        let page = spec.page.as_ref().map(|(page, _)| page);
        let mut asked = Asked::of(resource, page, self.api.switches.list_cap);
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
            let (turn, own) = page.map_or((false, false), |page| turns(page, &name));
            if !own {
                asked.others.push_str(&format!("{raw}&"));
            }
            let taken = match page.filter(|_| turn) {
                Some(page) if asked.turn(page, &name, &value) => Ok(()),
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
