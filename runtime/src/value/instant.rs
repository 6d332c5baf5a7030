//! Instants in microseconds, and the formats in which documents print them.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::rfc3339;

/// An instant in microseconds since 1970-01-01T00:00:00Z. A local date and time is stored as if
/// it were UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// The instant with this number of microseconds.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The instant `wait` later.
    #[must_use]
    pub fn plus(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(micros(wait)))
    }

    /// The instant `wait` earlier.
    #[must_use]
    pub fn minus(self, wait: Duration) -> Self {
        Self(self.0.saturating_sub(micros(wait)))
    }

    /// The current time of the system clock.
    #[must_use]
    pub fn now() -> Self {
        Self(Timestamp::now().as_microsecond())
    }
}

/// A duration in microseconds, or the largest number if it does not fit.
fn micros(wait: Duration) -> i64 {
    wait.as_micros().try_into().unwrap_or(i64::MAX)
}

/// The printed form of a date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `2021-01-01T00:00:00+00:00`
    SecondsOffset,
    /// `2021-01-01T00:00:00Z`
    SecondsZ,
    /// `2021-01-01T00:00:00.000Z`
    MillisZ,
    /// `2021-01-01T00:00:00`, without a zone
    Local,
}

impl Form {
    /// Formats the instant.
    #[must_use]
    pub fn print(self, at: Instant) -> String {
        let Ok(instant) = Timestamp::from_microsecond(at.0) else {
            return String::new();
        };
        let civil = TimeZone::UTC.to_datetime(instant);
        let format = match self {
            Self::SecondsOffset => "%Y-%m-%dT%H:%M:%S+00:00",
            Self::SecondsZ => "%Y-%m-%dT%H:%M:%SZ",
            Self::MillisZ => "%Y-%m-%dT%H:%M:%S.%3fZ",
            Self::Local => "%Y-%m-%dT%H:%M:%S",
        };
        civil.strftime(format).to_string()
    }

    /// Parses an RFC 3339 `date-time` or, for [`Form::Local`], a date and time without an
    /// offset; digits beyond the printed precision are dropped.
    #[must_use]
    pub fn read(self, text: &str) -> Option<Instant> {
        let written = rfc3339::date_time(text)?;
        let at = match self {
            Self::Local => written.local(),
            Self::SecondsOffset | Self::SecondsZ | Self::MillisZ => written.instant(),
        };
        Some(self.cut(at?))
    }

    /// The last instant that is printed like `at`.
    #[must_use]
    pub const fn last(self, at: Instant) -> Instant {
        Instant(self.cut(at).0 + (self.unit() - 1))
    }

    /// The instant truncated to the printed precision.
    #[must_use]
    pub const fn cut(self, at: Instant) -> Instant {
        Instant(at.0 - at.0.rem_euclid(self.unit()))
    }

    /// The printed precision in microseconds.
    const fn unit(self) -> i64 {
        match self {
            Self::MillisZ => 1_000,
            Self::SecondsOffset | Self::SecondsZ | Self::Local => 1_000_000,
        }
    }
}

/// An instant with a printed form.
pub trait Printed: From<Instant> {
    /// The form.
    const FORM: Form;

    /// The instant.
    fn instant(&self) -> Instant;
}

macro_rules! printed {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Instant);

        impl Printed for $name {
            const FORM: Form = Form::$name;

            fn instant(&self) -> Instant {
                self.0
            }
        }

        impl From<Instant> for $name {
            fn from(at: Instant) -> Self {
                Self(at)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&Self::FORM.print(self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let read = Self::FORM.read(&text);
                read.map(Self).ok_or_else(|| de::Error::custom("not a date and time"))
            }
        }
    };
}

printed!(
    /// Printed as `2021-01-01T00:00:00+00:00`.
    SecondsOffset
);
printed!(
    /// Printed as `2021-01-01T00:00:00Z`.
    SecondsZ
);
printed!(
    /// Printed as `2021-01-01T00:00:00.000Z`.
    MillisZ
);
printed!(
    /// Printed as `2021-01-01T00:00:00`, without a zone.
    Local
);

#[cfg(test)]
mod tests {
    use super::{Form, Instant};

    #[test]
    fn prints_what_it_reads() {
        let at = Instant::from_micros(1_609_459_200_123_456);
        assert_eq!(Form::SecondsOffset.print(at), "2021-01-01T00:00:00+00:00");
        assert_eq!(Form::SecondsZ.print(at), "2021-01-01T00:00:00Z");
        assert_eq!(Form::MillisZ.print(at), "2021-01-01T00:00:00.123Z");
        assert_eq!(Form::Local.print(at), "2021-01-01T00:00:00");
        let start = Some(Instant::from_micros(1_609_459_200_000_000));
        assert_eq!(Form::SecondsOffset.read("2021-01-01T02:00:00+02:00"), start);
        assert_eq!(Form::Local.read("2021-01-01T00:00:00"), start);
        assert_eq!(Form::Local.read("2021-01-01T00:00:00Z"), None);
        for bad in [
            "",
            "2021-01-01",
            "2021-02-30T00:00:00Z",
            "2021-01-01 00:00:00Z",
            "2021-01-01T00:00:00",
        ] {
            assert_eq!(Form::SecondsOffset.read(bad), None, "{bad}");
        }
    }
}
