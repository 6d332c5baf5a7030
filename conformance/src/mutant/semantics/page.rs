//! Mutations of the contents of pages.

use fieldproof_spec::model::Resource;

use super::MutatedSemantics;
use crate::model::{Documented, Ordering, Paging, Question, Record, Turn};
use crate::mutant::mutation::Operator;

impl Paging for MutatedSemantics {
    fn page<'r>(
        &self,
        resource: &Resource,
        question: &Question,
        turn: Turn,
        selected: Vec<&'r Record>,
    ) -> Vec<&'r Record> {
        let key = question.sort.as_deref().unwrap_or_default();
        let late = !key.is_empty() && self.at(resource, key) == Some(Operator::SortInPage);
        let first = Question {
            sort: question.sort.clone().filter(|_| !late),
            ..question.clone()
        };
        let mut page = selected;
        page.sort_by(|one, other| self.arrange(resource, &first, one, other));
        page = self.cut(resource, turn, page);
        page.sort_by(|one, other| self.arrange(resource, question, one, other));
        page
    }

    fn cut<'r>(
        &self,
        resource: &Resource,
        turn: Turn,
        ordered: Vec<&'r Record>,
    ) -> Vec<&'r Record> {
        let begun = turn.offset > 0 || turn.behind;
        let late = self.of(resource) == Some(Operator::PageShifted) && begun;
        let offset = turn.offset.saturating_add(usize::from(late));
        Documented.cut(resource, Turn { offset, ..turn }, ordered)
    }

    fn total(&self, resource: &Resource, selected: usize, shown: usize) -> usize {
        match self.of(resource) {
            Some(Operator::TotalOfPage) => shown,
            _ => Documented.total(resource, selected, shown),
        }
    }

    fn back(&self, resource: &Resource, turn: Turn) -> usize {
        match self.of(resource) {
            Some(Operator::LinkBack) => turn.offset,
            _ => Documented.back(resource, turn),
        }
    }
}
