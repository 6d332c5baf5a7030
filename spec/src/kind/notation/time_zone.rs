//! Time zones.

use super::facts::{Facts, PLAIN};

/// A time zone of the IANA database.
pub(super) const FACTS: Facts = Facts {
    name: "time-zone",
    form,
    code: "not_a_value",
    ..PLAIN
};

/// The name, if the IANA database has it, case-sensitively.
fn form(name: &str) -> Option<String> {
    let zones = jiff::tz::TimeZoneDatabase::bundled();
    let known = zones.available().any(|known| known.as_str() == name);
    known.then(|| name.to_owned())
}
