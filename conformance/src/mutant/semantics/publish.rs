//! Mutations of which changes are published to which watches.

use std::sync::PoisonError;

use fieldproof_spec::model::{Event, Resource};
use serde_json::{Map, Value};

use super::MutatedSemantics;
use crate::model::{Caller, Change, Documented, Outcome, Publishing, Record};
use crate::mutant::mutation::Operator;

impl Publishing for MutatedSemantics {
    fn watchers(&self, watch: &Resource, there: &[Record]) -> Vec<Record> {
        if self.of(watch) != Some(Operator::NoticeAfterRemoval) {
            return Documented.watchers(watch, there);
        }
        let mut all = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        let named = there.iter().map(|one| (one.id.clone(), one.clone()));
        all.extend(named);
        all.values().cloned().collect()
    }

    fn reader(&self, watch: &Resource) -> Caller {
        match self.of(watch) {
            Some(Operator::NoticeSecret) => Caller::everyone(),
            _ => Documented.reader(watch),
        }
    }

    fn published(
        &self,
        watch: &Resource,
        outcome: &Outcome<'_>,
        changes: Vec<Change>,
    ) -> Vec<Change> {
        let mut published = Documented.published(watch, outcome, changes);
        let of = watch.watch.as_ref().map_or("", |one| &one.of);
        match self.of(watch) {
            Some(Operator::NoticeMissing) => published.clear(),
            Some(Operator::NoticeTwice) => {
                published = published
                    .iter()
                    .flat_map(|one| [one, one])
                    .cloned()
                    .collect();
            }
            Some(Operator::NoticeOfRefused) if outcome.status >= 400 => {
                published.extend(outcome.there.clone());
            }
            Some(Operator::NoticeOfIdle)
                if outcome.status < 300 && published.is_empty() && outcome.resource == of =>
            {
                published.extend(outcome.there.clone());
            }
            Some(Operator::NoticeOfNamed)
                if published.iter().any(|one| one.event != Event::Updated) =>
            {
                published.retain(|one| one.event != Event::Updated);
            }
            Some(Operator::NoticeStale) => {
                for change in &mut published {
                    change.now = change.before.clone().unwrap_or_default();
                }
            }
            _ => {}
        }
        published
    }

    fn concerns(&self, watch: &Resource, one: &Record, change: &Change) -> bool {
        let across = self.of(watch) == Some(Operator::NoticeAcross);
        across || Documented.concerns(watch, one, change)
    }

    fn is_on(&self, watch: &Resource, object: &Map<String, Value>) -> bool {
        let always = self.of(watch) == Some(Operator::NoticeWhileOff);
        always || Documented.is_on(watch, object)
    }
}
