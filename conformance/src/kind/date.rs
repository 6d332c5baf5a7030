//! Dates.

use std::cmp::Ordering;

use fieldproof_spec::kind::is_date;
use fieldproof_spec::model::{Api, Asks};
use jiff::civil::Date as Civil;
use proptest::prelude::*;
use serde_json::Value;

use super::{Cases, Kind, Seen, Shown, Source, Within};

/// A calendar date such as `2021-01-31` (RFC 3339 section 5.6).
pub(super) struct Date;

/// The date that many days after 1970-01-01, as text.
fn day(number: i32) -> Option<String> {
    let epoch = Civil::constant(1970, 1, 1);
    let day = epoch.checked_add(jiff::Span::new().days(number)).ok()?;
    Some(day.to_string())
}

/// The number of days from 1970 that values are taken from.
const ROOM: u64 = 2_900_000;

impl Kind for Date {
    fn wording(&self) -> String {
        "a date".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        let any = (-50_000..50_000_i32).prop_map(|number| day(number).into());
        any.boxed()
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        day((source.nonce() % ROOM) as i32).into()
    }

    fn room(&self, _: &Api) -> u64 {
        ROOM
    }

    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        let days = [
            "2021-01-31",
            "2024-02-29",
            "2000-02-29",
            "0001-01-01",
            "9999-12-31",
        ];
        Some(Cases::texts(
            days.map(|day| (day, day)),
            &[
                "",
                "2021-02-29",
                "1900-02-29",
                "2021-13-01",
                "2021-00-10",
                "2021-04-31",
                "2021-1-1",
                "20210131",
                "2021/01/31",
                "31.01.2021",
                "2021-01-31T00:00:00Z",
                " 2021-01-31",
                "2021-W04-7",
                "2021-031",
                "+2021-01-31",
                "today",
            ],
        ))
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![("2021-02-30".into(), "format"), ("now".into(), "format")]
    }

    fn has_form(&self, value: &Value, _: &Seen<'_>) -> bool {
        value.as_str().is_some_and(is_date)
    }

    /// The date itself, and the days before and after it.
    fn questions(&self, value: &Value, _: Asks) -> Vec<String> {
        let Some(own) = value.as_str().and_then(|text| text.parse::<Civil>().ok()) else {
            return Vec::new();
        };
        let beside = [own.yesterday(), own.tomorrow()];
        let beside = beside.into_iter().flatten();
        std::iter::once(own)
            .chain(beside)
            .map(|day| day.to_string())
            .collect()
    }

    fn strangers(&self, _: &Api, _: Asks, _: &dyn Source) -> Vec<String> {
        ["1752-09-02", "2980-01-01"].map(str::to_owned).to_vec()
    }

    fn reads(&self, text: &str) -> bool {
        is_date(text)
    }

    fn unasked(&self, _: Asks) -> &'static [&'static str] {
        &[
            "maybe",
            "",
            "2021-02-30",
            "2021-1-1",
            "20210131",
            "2021-01-31T00:00:00Z",
        ]
    }

    // Dates are of equal length, so they sort as text.
    fn order(&self, value: &Value, text: &str) -> Option<Ordering> {
        is_date(text).then(|| Some(value.as_str()?.cmp(text)))?
    }
}
