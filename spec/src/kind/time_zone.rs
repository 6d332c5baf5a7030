//! Time zones.

use serde_json::Value;

use super::facts::Kind;
use super::text::text;

/// A time zone of the IANA database.
pub(super) struct TimeZone;

impl Kind for TimeZone {
    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match is_zone(text(value, 0, u32::MAX)?) {
            true => Ok(value.clone()),
            false => Err("not_a_value"),
        }
    }
}

/// Whether the IANA database has this name, case-sensitively.
fn is_zone(name: &str) -> bool {
    let zones = jiff::tz::TimeZoneDatabase::bundled();
    zones.available().any(|known| known.as_str() == name)
}
