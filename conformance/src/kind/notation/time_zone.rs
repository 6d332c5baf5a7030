//! Time zones of the IANA database.

use fieldproof_spec::model::Api;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::kind::{Cases, Kind, Shown, Within};

/// The name of a zone, case-sensitive.
pub(super) struct TimeZone;

/// The zones that values are taken from.
const ZONES: &[&str] = &[
    "UTC",
    "Europe/Berlin",
    "Asia/Tokyo",
    "America/Sao_Paulo",
    "US/Pacific",
];

impl Kind for TimeZone {
    fn wording(&self) -> String {
        "a time zone of the IANA database".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        select(ZONES).prop_map(Value::from).boxed()
    }

    fn room(&self, _: &Api) -> u64 {
        ZONES.len() as u64
    }

    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        let names = [
            "UTC",
            "Europe/Berlin",
            "Asia/Kolkata",
            "US/Pacific",
            "Etc/GMT+12",
        ];
        Some(Cases::texts(
            names.map(|name| (name, name)),
            &["", "Mars/Olympus", "europe/berlin", "UTC ", "+02:00"],
        ))
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![("no such value".into(), "not_a_value")]
    }
}
