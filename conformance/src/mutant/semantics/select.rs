//! Mutations of what filters select.

use fieldproof_spec::model::{Filter, Op, Resource};
use serde_json::{Map, Value};

use super::MutatedSemantics;
use crate::model::{Documented, Question, Record, Selecting, asked};
use crate::mutant::mutation::Operator;

/// How long lists lack a new object, in microseconds.
const STALE: i64 = 20_000;

impl Selecting for MutatedSemantics {
    fn reads(&self, resource: &Resource, filter: &Filter, text: &str) -> bool {
        let right = Documented.reads(resource, filter, text);
        match self.at(resource, &filter.names[0]) {
            Some(Operator::MomentLoose) => right || text.parse::<jiff::Timestamp>().is_ok(),
            _ => right,
        }
    }

    fn matches(
        &self,
        resource: &Resource,
        filter: &Filter,
        text: &str,
        object: &Map<String, Value>,
    ) -> bool {
        let by = |filter: &Filter| Documented.matches(resource, filter, text, object);
        let value = object.get(&filter.field).and_then(Value::as_str);
        let operator = self.at(resource, &filter.names[0]);
        match (operator, value) {
            (Some(Operator::FilterIgnored), _) => true,
            (Some(Operator::FilterPrefix), Some(value)) => {
                value.to_lowercase().starts_with(&text.to_lowercase()) || by(filter)
            }
            (Some(Operator::FilterCased), Some(value)) => value == text,
            (Some(Operator::FilterLowered), Some(value)) => {
                value.to_lowercase() == text.to_lowercase()
            }
            (Some(Operator::FilterSaturates), _) if *text == i64::MAX.to_string() => by(&Filter {
                op: Op::AtLeast,
                ..filter.clone()
            }),
            _ => by(filter),
        }
    }

    fn selects(&self, resource: &Resource, question: &Question, record: &Record) -> bool {
        let matches = |(filter, text)| self.matches(resource, filter, text, &record.object);
        let mut filters = asked(resource, question);
        match self.of(resource) {
            Some(Operator::FiltersAnyOf) if !question.filters.is_empty() => filters.any(matches),
            Some(Operator::ListStale) => {
                let old = jiff::Timestamp::now().as_microsecond() - STALE;
                record.created < old && filters.all(matches)
            }
            _ => filters.all(matches),
        }
    }
}
