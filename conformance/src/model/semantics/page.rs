//! What a page shows.

use fieldproof_spec::model::Resource;

use super::order::Ordering;
use crate::model::list::Question;
use crate::model::service::Record;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    /// How many objects stand before the page.
    pub(crate) offset: usize,
    /// How many objects a page has at most.
    pub(crate) limit: usize,
}

/// What a page shows.
pub(crate) trait Paging: Ordering {
    /// The objects of a page: the whole selection is put in order, then cut.
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

    /// The part of an ordered list that a page shows: it begins where the page before ends.
    fn cut<'r>(
        &self,
        _resource: &Resource,
        turn: Turn,
        ordered: Vec<&'r Record>,
    ) -> Vec<&'r Record> {
        let rest = ordered.into_iter().skip(turn.offset);
        rest.take(turn.limit).collect()
    }

    /// How many objects there are in all: as many as are selected, however few of them
    /// the page shows.
    fn total(&self, _resource: &Resource, selected: usize, _shown: usize) -> usize {
        selected
    }

    /// Where the page before this one begins: one page earlier, or at the beginning.
    fn back(&self, _resource: &Resource, turn: Turn) -> usize {
        turn.offset.saturating_sub(turn.limit)
    }
}
