//! Filters that select something else.

use fieldproof_spec::model::{Filter, Op, Resource};
use serde_json::{Map, Value};

use super::Broken;
use crate::model::{Documented, Question, Record, Selecting, asked};
use crate::mutant::mutation::Kind;

/// How long a list lacks what was made, in microseconds.
const STALE: i64 = 20_000;

impl Selecting for Broken {
    fn reads(&self, resource: &Resource, filter: &Filter, text: &str) -> bool {
        let right = Documented.reads(resource, filter, text);
        match self.at(resource, &filter.names[0]) {
            Some(Kind::MomentLoose) => right || text.parse::<jiff::Timestamp>().is_ok(),
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
        let kind = self.at(resource, &filter.names[0]);
        match (kind, value) {
            (Some(Kind::FilterIgnored), _) => true,
            (Some(Kind::FilterPrefix), Some(value)) => {
                value.to_lowercase().starts_with(&text.to_lowercase()) || by(filter)
            }
            (Some(Kind::FilterCased), Some(value)) => value == text,
            (Some(Kind::FilterLowered), Some(value)) => value.to_lowercase() == text.to_lowercase(),
            (Some(Kind::FilterSaturates), _) if *text == i64::MAX.to_string() => by(&Filter {
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
            Some(Kind::FiltersAnyOf) if !question.filters.is_empty() => filters.any(matches),
            Some(Kind::ListStale) => {
                let old = jiff::Timestamp::now().as_microsecond() - STALE;
                record.created < old && filters.all(matches)
            }
            _ => filters.all(matches),
        }
    }
}
