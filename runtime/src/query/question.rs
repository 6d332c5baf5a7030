//! Parses the query string of a list.

use std::collections::HashSet;

use super::filter;
use super::filter::Refused;
use super::pairs::{Pairs, decode, own_name, unknown};
use crate::paging::Turn;
use crate::problem::{At, Found, Problem, Violation};
use crate::store::Condition;
use crate::table::{Attribute, Comparison, List};
use crate::value::parse_instant;

/// What a client asks of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Conditions that all have to hold.
    pub conditions: Vec<Condition>,
    /// The sort order.
    pub order: Attribute,
    /// Whether the largest comes first.
    pub descending: bool,
    /// The part of the list.
    pub turn: Turn,
    /// All other parameters as sent, for links to other pages.
    pub others: Pairs,
}

/// Parses the query string of a list; `cap` limits a list that the client does not ask for in
/// pages.
///
/// # Errors
/// 400 with every parameter that is unknown, repeated or illegal.
pub fn read(list: &List, cap: Option<u32>, query: Option<&str>) -> Result<Question, Problem> {
    let pairs = decode(query.unwrap_or_default())?;
    let pairs = turned(list, pairs);
    let mut question = Question {
        conditions: Vec::new(),
        order: match (list.page.and_then(|pages| pages.order), list.sort) {
            (Some(order), _) => order,
            (None, Some(sort)) => sort.default,
            (None, None) => Attribute::Created,
        },
        descending: list.sort.is_some_and(|sort| sort.descending),
        turn: Turn {
            limit: list
                .page
                .and_then(|pages| pages.limit(cap, list.sort.is_some())),
            ..Turn::default()
        },
        others: Pairs::new(),
    };
    let mut found = Found::default();
    let mut seen = HashSet::new();
    let mut answered = Vec::new();
    let pages = list.page.iter();
    let turning: Vec<&str> = pages.flat_map(|pages| pages.parameters()).collect();
    for (name, value) in &pairs {
        let refuse = |code, detail: String| Violation {
            at: At::Parameter(name.clone()),
            code,
            detail,
        };
        if !seen.insert(name.as_str()) && !is_several(list, name) {
            found.push(refuse("repeated_parameter", "must be sent once".to_owned()));
            continue;
        }
        match question.take(list, name, value, &mut answered) {
            None if found.is_full() => found.count_more(1),
            None => found.push(unknown(name, &legal(list))),
            Some(Err((code, detail))) => found.push(refuse(code, detail)),
            Some(Ok(())) if turning.contains(&name.as_str()) => {}
            Some(Ok(())) => question.others.push((name.clone(), value.clone())),
        }
    }
    if found.is_empty() {
        Ok(question)
    } else {
        Err(Problem::bad_query(found))
    }
}

/// Drops the parameters of a query string that the list does not know, and all but the first of
/// those that must not be repeated.
pub(crate) fn known(list: &List, query: Option<&str>) -> Option<String> {
    let names = legal(list);
    let mut seen = HashSet::new();
    let is_known = |pair: &&str| {
        let Some(name) = own_name(pair) else {
            return false;
        };
        let known = names.contains(&name.as_str());
        let several = is_several(list, &name);
        known && (seen.insert(name) || several)
    };
    let known: Vec<&str> = query?.split('&').filter(is_known).collect();
    Some(known.join("&"))
}

/// Whether a parameter may be repeated.
fn is_several(list: &List, name: &str) -> bool {
    let mut filters = list.filters.iter();
    filters.any(|filter| {
        matches!(filter.op.comparison(), Comparison::Elements(_)) && filter.names.contains(&name)
    })
}

/// Swaps the two bounds of an interval if the lower one is later.
fn turned(list: &List, mut pairs: Pairs) -> Pairs {
    for (from, to) in list.intervals {
        let at = |name: &str| pairs.iter().position(|(other, _)| other == name);
        let (Some(from), Some(to)) = (at(from), at(to)) else {
            continue;
        };
        let bound = |at: usize| parse_instant(&pairs[at].1);
        if let (Some(first), Some(last)) = (bound(from), bound(to))
            && first > last
        {
            let earlier = std::mem::take(&mut pairs[to].1);
            pairs[to].1 = std::mem::replace(&mut pairs[from].1, earlier);
        }
    }
    pairs
}

impl Question {
    /// Applies one parameter; `None` if the list has no such parameter. `answered` pairs the
    /// indexes of filters and their conditions.
    fn take(
        &mut self,
        list: &List,
        name: &str,
        value: &str,
        answered: &mut Vec<(usize, usize)>,
    ) -> Option<Result<(), Refused>> {
        if let Some(taken) = self.take_page(list, name, value) {
            return Some(taken.map_err(|detail| ("not_a_value", detail)));
        }
        let at = list
            .filters
            .iter()
            .position(|filter| filter.names.contains(&name))?;
        let own = answered.iter().find(|(filter, _)| *filter == at);
        let own = own.map(|(_, condition)| *condition);
        let before = own.map(|own| self.conditions[own].clone());
        let condition = filter::condition(&list.filters[at], value, before);
        Some(condition.map(|condition| match own {
            Some(own) if matches!(condition, Condition::Each { .. }) => {
                self.conditions[own] = condition;
            }
            _ => {
                answered.push((at, self.conditions.len()));
                self.conditions.push(condition);
            }
        }))
    }

    /// Applies a parameter for paging or sorting.
    fn take_page(&mut self, list: &List, name: &str, value: &str) -> Option<Result<(), String>> {
        // A filter by which pages continue is read as one.
        let mut filters = list.filters.iter();
        let pages = list
            .page
            .filter(|_| !filters.any(|filter| filter.names.contains(&name)));
        let taken = pages.and_then(|pages| pages.take(name, value, &mut self.turn));
        if taken.is_some() {
            return taken;
        }
        if let Some(sort) = list.sort {
            if name == sort.by {
                let key = sort.keys.iter().find(|(key, _)| *key == value);
                let keys = || {
                    sort.keys
                        .iter()
                        .map(|(key, _)| *key)
                        .collect::<Vec<_>>()
                        .join(", ")
                };
                let order = key.ok_or_else(|| format!("must be one of: {}", keys()));
                return Some(order.map(|(_, order)| self.order = *order));
            }
            if name == sort.order {
                let way = match value {
                    "asc" => Ok(false),
                    "desc" => Ok(true),
                    _ => Err("must be asc or desc".to_owned()),
                };
                return Some(way.map(|way| self.descending = way));
            }
        }
        None
    }
}

fn legal(list: &List) -> Vec<&'static str> {
    let pages = list.page.iter();
    let mut names: Vec<&str> = pages.flat_map(|pages| pages.parameters()).collect();
    if let Some(sort) = list.sort {
        names.extend([sort.by, sort.order]);
    }
    let filters = list.filters.iter().flat_map(|filter| filter.names.iter());
    names.retain(|name| !filters.clone().any(|other| other == name));
    names.extend(filters.copied());
    names
}
