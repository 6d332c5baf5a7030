//! Time zones and local time.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Instant, Local};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The names in the database, in its spelling.
static NAMES: LazyLock<HashSet<String>> =
    LazyLock::new(|| ZONES.available().map(|name| name.to_string()).collect());

/// Whether `name` is a time zone of the bundled IANA database, in the same case.
#[must_use]
pub fn is_time_zone(name: &str) -> bool {
    NAMES.contains(name)
}

impl Local {
    /// The local date and time of an instant in a time zone; UTC if the zone is unknown.
    #[must_use]
    pub fn in_zone(at: Instant, zone: &str) -> Self {
        let found = ZONES.get(zone).unwrap_or(TimeZone::UTC);
        let local = Timestamp::from_microsecond(at.micros())
            .map(|instant| found.to_datetime(instant))
            .and_then(|civil| TimeZone::UTC.to_timestamp(civil));
        Self(local.map_or(at, |instant| Instant::from_micros(instant.as_microsecond())))
    }
}

#[cfg(test)]
mod tests {
    use super::{Instant, Local, is_time_zone};

    #[test]
    fn shows_the_local_time_of_a_zone() {
        let at = Instant::from_micros(1_609_459_200_123_456);
        let text = |zone| serde_json::to_string(&Local::in_zone(at, zone)).unwrap();
        assert_eq!(text("Asia/Tokyo"), "\"2021-01-01T09:00:00\"");
        assert!(is_time_zone("Europe/Berlin") && is_time_zone("US/Pacific"));
        assert!(!is_time_zone("europe/berlin") && !is_time_zone("Mars/Olympus"));
    }
}
