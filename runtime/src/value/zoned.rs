//! Time zones and local time.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Form, Instant, Local};
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

/// The instant of a local date and time in a time zone; the earlier one where clocks are turned
/// back. `None` if one of them is not of the form that is printed.
pub(crate) fn from_zone(local: &str, zone: &str) -> Option<Instant> {
    let known = is_time_zone(zone).then(|| ZONES.get(zone).ok())??;
    let as_utc = Timestamp::from_microsecond(Form::Local.read(local)?.micros()).ok()?;
    let at = known.to_timestamp(TimeZone::UTC.to_datetime(as_utc)).ok()?;
    Some(Instant::from_micros(at.as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::{Instant, Local, from_zone, is_time_zone};

    #[test]
    fn shows_the_local_time_of_a_zone() {
        let at = Instant::from_micros(1_609_459_200_123_456);
        let text = |zone| serde_json::to_string(&Local::in_zone(at, zone)).unwrap();
        assert_eq!(text("Asia/Tokyo"), "\"2021-01-01T09:00:00\"");
        assert!(is_time_zone("Europe/Berlin") && is_time_zone("US/Pacific"));
        assert!(!is_time_zone("europe/berlin") && !is_time_zone("Mars/Olympus"));
    }

    #[test]
    fn reads_the_local_time_of_a_zone() {
        let read = |local| from_zone(local, "Asia/Tokyo").map(Instant::micros);
        assert_eq!(read("2021-01-01T09:00:00"), Some(1_609_459_200_000_000));
        for bad in ["2021-01-01T09:00:00Z", "2021-01-01", ""] {
            assert_eq!(read(bad), None, "{bad}");
        }
        for unknown in ["Mars/Olympus", "asia/tokyo"] {
            assert_eq!(from_zone("2021-01-01T09:00:00", unknown), None, "{unknown}");
        }
    }
}
