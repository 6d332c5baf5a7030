//! Everything in the order of identifiers, continued by a filter.

use super::{Link, Shown, Style, Turn};
use crate::table::OrderBy;

/// In the order of identifiers, continued by the filter of this name.
#[derive(Debug, Clone, Copy)]
pub struct IdAfter(pub &'static str);

impl Style for IdAfter {
    fn parameters(&self) -> Vec<&'static str> {
        vec![self.0]
    }

    fn order(&self) -> Option<OrderBy> {
        Some(OrderBy::Id)
    }

    // The filter takes it.
    fn take(&self, _name: &str, _value: &str, _turn: &mut Turn) -> Option<Result<(), String>> {
        None
    }

    fn links(&self, shown: &Shown<'_>, _sorted: bool) -> Vec<Link> {
        let last = shown.last.filter(|_| shown.has_more());
        let next = last.map(|last| Link::next(format!("{}={}", self.0, last.id)));
        next.into_iter().collect()
    }
}
