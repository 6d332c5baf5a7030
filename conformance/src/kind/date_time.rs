//! Timestamps, and local dates and times.

use std::cmp::Ordering;

use fieldproof_spec::model::{Api, Asks, Form};
use fieldproof_spec::value::time::{instant, print};
use proptest::prelude::*;
use serde_json::Value;

use super::{Cases, Kind, Seen, Shown, Source, Within, instants};

/// Dates and times of RFC 3339 section 5.6, shown in a fixed format.
pub(super) struct DateTime(pub(super) Form);

impl Kind for DateTime {
    fn wording(&self) -> String {
        let form = serde_json::to_value(self.0).unwrap_or_default();
        format!("a date-time as `{}`", form.as_str().unwrap_or_default())
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        let form = self.0;
        (0i64..4_000_000_000)
            .prop_map(move |seconds| print(form, seconds * 1_000_000).into())
            .boxed()
    }

    /// Includes what other parsers accept as a date and time.
    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        let shown = print(self.0, 1_700_000_000_000_000);
        let shown = shown.as_str();
        let taken: &[&str] = match self.0 {
            Form::Local => &[
                "2023-11-14T22:13:20",
                "2023-11-14T22:13:20.0",
                "2023-11-14t22:13:20",
            ],
            Form::MillisZ | Form::SecondsOffset | Form::SecondsZ => &[
                "2023-11-14T22:13:20Z",
                "2023-11-14T22:13:20.000000000000z",
                "2023-11-15T00:13:20+02:00",
                "2023-11-14t17:43:20.0-04:30",
            ],
        };
        let (own, other) = match self.0 {
            Form::Local => ("", "+01:00"),
            Form::MillisZ | Form::SecondsOffset | Form::SecondsZ => ("Z", ""),
        };
        let ends = [other, "+24:00", "+0100", "+01", "Z[UTC]"];
        let ended = ends.map(|end| format!("2023-11-14T22:13:20{end}"));
        let near = NEAR.map(|text| format!("{text}{own}"));
        let cases = Cases::texts(
            taken.iter().map(|text| (*text, shown)),
            &["", "now", "2021-01-01", "1700000000"],
        );
        Some(cases.without(near.iter().chain(&ended).map(String::as_str)))
    }

    fn has_form(&self, value: &Value, _: &Seen<'_>) -> bool {
        let at = self.instant(value);
        at.is_some_and(|at| value == print(self.0, at).as_str())
    }

    fn instant(&self, value: &Value) -> Option<i64> {
        instant(self.0, value.as_str()?)
    }

    fn print(&self, at: i64) -> Option<String> {
        Some(print(self.0, at))
    }

    fn tick(&self) -> Option<u64> {
        Some(match self.0 {
            Form::Local | Form::SecondsOffset | Form::SecondsZ => instants::SECOND,
            Form::MillisZ => 3,
        })
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

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        self.order(value, text) == Some(Ordering::Equal)
    }

    fn order(&self, value: &Value, text: &str) -> Option<Ordering> {
        instants::order(self.instant(value), text)
    }

    fn compare(&self, one: &Value, other: &Value) -> Ordering {
        self.instant(one).cmp(&self.instant(other))
    }
}

/// Invalid dates and times, without their offset.
const NEAR: [&str; 7] = [
    "2021-13-01T00:00:00",
    "2021-02-30T00:00:00",
    "2021-01-01 00:00:00",
    "2021-01-01T10:30",
    "2021-01-01T00:00:00,5",
    "2021-01-01T24:00:00",
    "2016-12-31T12:00:60",
];
