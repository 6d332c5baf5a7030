//! What a list is asked for.

use std::collections::HashSet;

use super::filter::Refused;
use super::pairs::{Pairs, decode, unknown};
use super::{filter, page};
use crate::problem::{At, Found, Problem, Violation};
use crate::store::{Condition, Place};
use crate::table::{List, Op, OrderBy, Page};
use crate::value::moment;

/// Name of the parameter for the size of a page.
const LIMIT: &str = "limit";

/// Name of the parameter for what is left out at the front.
const OFFSET: &str = "offset";

/// What stores can count to.
const OFFSET_MAX: u64 = i64::MAX as u64;

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// All of these have to hold.
    pub conditions: Vec<Condition>,
    /// What is ordered by.
    pub order: OrderBy,
    /// Largest first.
    pub descending: bool,
    /// Most objects; `None` is all.
    pub limit: Option<u32>,
    /// Objects left out at the front.
    pub offset: u64,
    /// Only objects behind this place.
    pub after: Option<Place>,
    /// Number and size of the page, when the client asks for one.
    pub page: Option<(u64, u32)>,
    /// Whether the client asks for a page at all.
    pub paged: bool,
    /// Every other parameter as sent, for links to other pages.
    pub others: Pairs,
}

/// Reads the query string of a list; `cap` bounds a list that the client does
/// not cut into pages.
///
/// # Errors
/// 400 naming every parameter that is unknown, repeated or not legal.
pub fn read(list: &List, cap: Option<u32>, query: Option<&str>) -> Result<Question, Problem> {
    let pairs = decode(query.unwrap_or_default())?;
    let pairs = turned(list, pairs);
    let mut question = Question {
        conditions: Vec::new(),
        order: match (list.page, list.sort) {
            (Some(Page::IdAfter(_)), _) => OrderBy::Id,
            (Some(Page::Cursor(_)), _) => OrderBy::Created,
            (_, Some(sort)) => sort.default,
            (_, None) => OrderBy::Created,
        },
        descending: list.sort.is_some_and(|sort| sort.descending),
        limit: match list.page {
            Some(Page::LimitOffset { default, .. }) => default.or(cap),
            // Such a list continues as page 2, which has no more objects than a page may have.
            Some(Page::PageNumber { max, .. }) if list.cursor().is_none() => {
                cap.map(|cap| cap.min(max))
            }
            Some(Page::IdAfter(_) | Page::Cursor(_) | Page::PageNumber { .. }) => cap,
            None => None,
        },
        offset: 0,
        after: None,
        page: None,
        paged: false,
        others: Pairs::new(),
    };
    let mut found = Found::default();
    let mut seen = HashSet::new();
    let mut answered = Vec::new();
    for (name, value) in &pairs {
        let refuse = |code, detail: String| Violation {
            at: At::Parameter(name.clone()),
            code,
            detail,
        };
        let several = list
            .filters
            .iter()
            .any(|filter| matches!(filter.op, Op::All(_)) && filter.names.contains(&name.as_str()));
        if !seen.insert(name.as_str()) && !several {
            found.push(refuse("repeated_parameter", "must be sent once".to_owned()));
            continue;
        }
        match question.take(list, name, value, &mut answered) {
            None if found.is_full() => found.count_more(1),
            None => found.push(unknown(name, &legal(list))),
            Some(Err((code, detail))) => found.push(refuse(code, detail)),
            Some(Ok(())) if !turns(list, name) => {
                question.others.push((name.clone(), value.clone()));
            }
            Some(Ok(())) => {
                question.paged |= matches!(list.page, Some(Page::LimitOffset { .. }));
            }
        }
    }
    question.paged |= question.page.is_some();
    if let Some((number, size)) = question.page {
        question.limit = Some(size);
        question.offset = (number - 1).saturating_mul(u64::from(size)).min(OFFSET_MAX);
    }
    if found.is_empty() {
        Ok(question)
    } else {
        Err(Problem::bad_query(found))
    }
}

/// The bounds of intervals the right way round: when both of one are sent,
/// the earlier is the lower one.
fn turned(list: &List, mut pairs: Pairs) -> Pairs {
    for (from, to) in list.intervals {
        let at = |name: &str| pairs.iter().position(|(other, _)| other == name);
        let (Some(from), Some(to)) = (at(from), at(to)) else {
            continue;
        };
        let bound = |at: usize| moment(&pairs[at].1);
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
    /// Takes one parameter: `None` when the list has no such one. `answered`
    /// has the places of filters with their conditions.
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

    /// Takes a parameter that turns pages or orders.
    fn take_page(&mut self, list: &List, name: &str, value: &str) -> Option<Result<(), String>> {
        if let Some(Page::LimitOffset { max, .. }) = list.page {
            match name {
                LIMIT => {
                    return Some(page::limit(max, value).map(|limit| self.limit = Some(limit)));
                }
                OFFSET => return Some(page::offset(value).map(|offset| self.offset = offset)),
                _ => {}
            }
        }
        match list.page {
            Some(Page::Cursor(by)) if name == by => {
                return Some(page::place(value).map(|place| self.after = Some(place)));
            }
            Some(Page::PageNumber { cursor, .. }) if Some(name) == cursor => {
                return Some(page::place(value).map(|place| self.after = Some(place)));
            }
            Some(Page::PageNumber { by, default, .. }) if name == by => {
                let size = self.page.map_or(default, |(_, size)| size);
                return Some(page::number(value).map(|number| self.page = Some((number, size))));
            }
            Some(Page::PageNumber { size, max, .. }) if name == size => {
                let number = self.page.map_or(1, |(number, _)| number);
                return Some(page::limit(max, value).map(|size| self.page = Some((number, size))));
            }
            _ => {}
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

/// Whether the parameter turns pages: links to other pages replace it.
fn turns(list: &List, name: &str) -> bool {
    match list.page {
        Some(Page::LimitOffset { .. }) => matches!(name, LIMIT | OFFSET),
        Some(Page::IdAfter(by) | Page::Cursor(by)) => name == by,
        Some(Page::PageNumber {
            by, size, cursor, ..
        }) => name == by || name == size || Some(name) == cursor,
        None => false,
    }
}

fn legal(list: &List) -> Vec<&'static str> {
    let mut names = Vec::new();
    if matches!(list.page, Some(Page::LimitOffset { .. })) {
        names.extend([LIMIT, OFFSET]);
    }
    match list.page {
        Some(Page::Cursor(by)) => names.push(by),
        Some(Page::PageNumber {
            by, size, cursor, ..
        }) => {
            names.extend([by, size]);
            names.extend(cursor);
        }
        _ => {}
    }
    if let Some(sort) = list.sort {
        names.extend([sort.by, sort.order]);
    }
    names.extend(
        list.filters
            .iter()
            .flat_map(|filter| filter.names.iter().copied()),
    );
    names
}
