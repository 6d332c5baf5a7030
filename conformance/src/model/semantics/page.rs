//! The contents of a page.

use fieldproof_spec::model::Resource;

use super::order::Ordering;
use crate::model::list::Question;
use crate::model::service::Record;

/// The requested part of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    /// How many objects precede the page.
    pub(crate) offset: usize,
    /// The maximum number of objects on the page.
    pub(crate) limit: usize,
    /// Whether the list begins behind an object of which the client knows.
    pub(crate) behind: bool,
}

/// The contents of a page.
pub(crate) trait Paging: Ordering {
    /// The objects of a page: the whole selection is sorted, then cut.
    fn page<'r>(
        &self,
        resource: &Resource,
        question: &Question,
        turn: Turn,
        selected: Vec<&'r Record>,
    ) -> Vec<&'r Record> {
        let mut ordered = selected;
        ordered.sort_by(|one, other| self.arrange(resource, question, one, other));
        self.cut(resource, turn, ordered)
    }

    /// Cuts the page out of a sorted list; it starts where the previous page ends.
    fn cut<'r>(
        &self,
        _resource: &Resource,
        turn: Turn,
        ordered: Vec<&'r Record>,
    ) -> Vec<&'r Record> {
        let rest = ordered.into_iter().skip(turn.offset);
        rest.take(turn.limit).collect()
    }

    /// The total that a list reports: all selected objects, however few the page shows.
    fn total(&self, _resource: &Resource, selected: usize, _shown: usize) -> usize {
        selected
    }

    /// The offset of the previous page: one page earlier, but not before the beginning.
    fn back(&self, _resource: &Resource, turn: Turn) -> usize {
        turn.offset.saturating_sub(turn.limit)
    }
}
