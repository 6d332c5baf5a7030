//! The time of creation as a local date and time, with its zone.

use std::cmp::Ordering;

use fieldproof_spec::model::{Api, Asks, Type};
use fieldproof_spec::value::time::zoned_instant;
use proptest::prelude::*;
use serde_json::Value;

use super::{Json, Kind, Seen, Source, Within, instants};

/// An object that the server generates, by its whole type.
pub(super) struct ZonedTime<'t>(pub(super) &'t Type);

impl Kind for ZonedTime<'_> {
    fn wording(&self) -> String {
        "a local date and time beside its zone".to_owned()
    }

    fn json(&self) -> Json {
        Json::Object
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        Just(Value::Null).boxed()
    }

    fn is_made(&self) -> bool {
        true
    }

    fn has_form(&self, value: &Value, _: &Seen<'_>) -> bool {
        self.instant(value).is_some()
    }

    fn instant(&self, value: &Value) -> Option<i64> {
        zoned_instant(self.0, value)
    }

    fn tick(&self) -> Option<u64> {
        Some(instants::SECOND)
    }

    fn questions(&self, value: &Value, _: Asks) -> Vec<String> {
        instants::questions(self.instant(value))
    }

    fn strangers(&self, _: &Api, _: Asks, _: &dyn Source) -> Vec<String> {
        instants::strangers()
    }

    fn unasked(&self, _: Asks) -> &'static [&'static str] {
        instants::UNASKED
    }

    fn order(&self, value: &Value, text: &str) -> Option<Ordering> {
        instants::order(self.instant(value), text)
    }
}
