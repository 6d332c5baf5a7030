//! Paging in the order of identifiers, continued by a filter.

use super::{Link, Shown, Style, Turn};
use crate::table::OrderBy;

/// Pages in the order of identifiers; the filter with this name continues the list.
#[derive(Debug, Clone, Copy)]
pub struct IdAfter(pub &'static str);

impl Style for IdAfter {
    fn parameters(&self) -> Vec<&'static str> {
        vec![self.0]
    }

    fn order(&self) -> Option<OrderBy> {
        Some(OrderBy::Id)
    }

    // The parameter is handled as a filter.
    fn take(&self, _name: &str, _value: &str, _turn: &mut Turn) -> Option<Result<(), String>> {
        None
    }

    fn links(&self, shown: &Shown<'_>, _sorted: bool) -> Vec<Link> {
        let last = shown.last.filter(|_| shown.has_more());
        let next = last.map(|last| Link::next(format!("{}={}", self.0, last.id)));
        next.into_iter().collect()
    }
}
