//! Paging in the order of creation, continued after a position.

use super::{Link, Position, Shown, Style, Turn};
use crate::table::OrderBy;

/// Pages in the order of creation; the parameter with this name continues the list.
#[derive(Debug, Clone, Copy)]
pub struct Cursor(pub &'static str);

impl Style for Cursor {
    fn parameters(&self) -> Vec<&'static str> {
        vec![self.0]
    }

    fn order(&self) -> Option<OrderBy> {
        Some(OrderBy::Created)
    }

    fn continues(&self, _sorted: bool) -> Option<&'static str> {
        Some(self.0)
    }

    fn take(&self, name: &str, value: &str, turn: &mut Turn) -> Option<Result<(), String>> {
        let place = (name == self.0).then(|| Position::read(value))?;
        Some(place.map(|place| turn.after = Some(place)))
    }

    fn links(&self, shown: &Shown<'_>, _sorted: bool) -> Vec<Link> {
        let last = shown.last.filter(|_| shown.has_more());
        let next = last.map(|last| Link::next(format!("{}={}", self.0, last.text())));
        next.into_iter().collect()
    }
}
