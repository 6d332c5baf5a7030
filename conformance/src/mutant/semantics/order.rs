//! Mutations of the order of lists.

use std::cmp;

use fieldproof_spec::model::Resource;
use serde_json::Value;

use super::MutatedSemantics;
use crate::model::{Documented, Ordering, Question, Record};
use crate::mutant::mutation::Operator;

impl Ordering for MutatedSemantics {
    fn compare(
        &self,
        resource: &Resource,
        key: &str,
        one: &Record,
        other: &Record,
    ) -> cmp::Ordering {
        let right = || Documented.compare(resource, key, one, other);
        let text = |record: &Record| {
            let value = record.object.get(key).and_then(Value::as_str);
            value.map(str::to_owned)
        };
        match (self.at(resource, key), text(one), text(other)) {
            (Some(Operator::SortCased), Some(one), Some(other)) => one.cmp(&other).then_with(right),
            _ => right(),
        }
    }

    fn arrange(
        &self,
        resource: &Resource,
        question: &Question,
        one: &Record,
        other: &Record,
    ) -> cmp::Ordering {
        let mut asked = question.clone();
        let key = question.sort.as_deref().unwrap_or_default();
        match self.at(resource, key) {
            Some(Operator::SortIgnored) => asked.sort = None,
            Some(Operator::SortOneWay) => asked.descending = false,
            Some(Operator::ListReversed) => asked.descending = !asked.descending,
            _ => {}
        }
        let key = crate::model::sort_key(resource, &asked);
        let order = self.compare(resource, key, one, other);
        match asked.descending {
            true => order.reverse(),
            false => order,
        }
    }

    fn siblings(&self, child: &Resource, one: &Record, other: &Record) -> cmp::Ordering {
        match self.of(child) {
            Some(Operator::ChildrenByChange) => {
                (one.updated, one.order).cmp(&(other.updated, other.order))
            }
            _ => Documented.siblings(child, one, other),
        }
    }
}
