//! What a list is asked for.

use super::pairs::{Pairs, decode, unknown};
use super::{filter, page};
use crate::problem::{At, Problem, Violation};
use crate::store::Condition;
use crate::table::{List, OrderBy, Page};

/// Name of the parameter for the size of a page.
const LIMIT: &str = "limit";

/// Name of the parameter for what is left out at the front.
const OFFSET: &str = "offset";

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
    let mut question = Question {
        conditions: Vec::new(),
        order: match (list.page, list.sort) {
            (Some(Page::IdAfter(_)), _) => OrderBy::Id,
            (_, Some(sort)) => sort.default,
            (_, None) => OrderBy::Created,
        },
        descending: list.sort.is_some_and(|sort| sort.descending),
        limit: match list.page {
            Some(Page::LimitOffset { default, .. }) => default.or(cap),
            Some(Page::IdAfter(_)) => cap,
            None => None,
        },
        offset: 0,
        others: Pairs::new(),
    };
    let mut found = Vec::new();
    for (at, (name, value)) in pairs.iter().enumerate() {
        let refuse = |code, detail: String| Violation {
            at: At::Parameter(name.clone()),
            code,
            detail,
        };
        if pairs[..at].iter().any(|(earlier, _)| earlier == name) {
            found.push(refuse("repeated_parameter", "must be sent once".to_owned()));
            continue;
        }
        match question.take(list, name, value) {
            None => found.push(unknown(name, &legal(list))),
            Some(Err(detail)) => found.push(refuse("not_a_value", detail)),
            Some(Ok(())) if !turns(list, name) => {
                question.others.push((name.clone(), value.clone()));
            }
            Some(Ok(())) => {}
        }
    }
    if found.is_empty() {
        Ok(question)
    } else {
        Err(Problem::bad_query(found))
    }
}

impl Question {
    /// Takes one parameter: `None` when the list has no such one.
    fn take(&mut self, list: &List, name: &str, value: &str) -> Option<Result<(), String>> {
        if let Some(Page::LimitOffset { max, .. }) = list.page {
            match name {
                LIMIT => {
                    return Some(page::limit(max, value).map(|limit| self.limit = Some(limit)));
                }
                OFFSET => return Some(page::offset(value).map(|offset| self.offset = offset)),
                _ => {}
            }
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
        let filter = list
            .filters
            .iter()
            .find(|filter| filter.names.contains(&name))?;
        let condition = filter::condition(filter, value).map_err(str::to_owned);
        Some(condition.map(|condition| self.conditions.push(condition)))
    }
}

/// Whether the parameter turns pages: links to other pages replace it.
fn turns(list: &List, name: &str) -> bool {
    match list.page {
        Some(Page::LimitOffset { .. }) => matches!(name, LIMIT | OFFSET),
        Some(Page::IdAfter(by)) => name == by,
        None => false,
    }
}

fn legal(list: &List) -> Vec<&'static str> {
    let mut names = Vec::new();
    if matches!(list.page, Some(Page::LimitOffset { .. })) {
        names.extend([LIMIT, OFFSET]);
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
