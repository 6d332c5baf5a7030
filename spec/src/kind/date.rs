//! Dates.

use jiff::civil::Date as Civil;
use serde_json::Value;

use super::facts::Kind;
use super::text::text;
use crate::syntax::Asks;

/// A date of the Gregorian calendar as `2021-01-31` (RFC 3339 section 5.6,
/// `full-date`).
pub(super) struct Date;

impl Kind for Date {
    fn carries(&self, asks: Asks) -> bool {
        asks == Asks::Value || asks.is_range()
    }

    fn compared_as(&self) -> &'static str {
        "date"
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match is_date(text(value, 0, u32::MAX)?) {
            true => Ok(value.clone()),
            false => Err("format"),
        }
    }

    fn lengths(&self) -> (u32, u32) {
        (10, 10)
    }
}

/// Whether the text is an existing date in this format.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let shape = |(at, c): (usize, char)| match at {
        4 | 7 => c == '-',
        _ => c.is_ascii_digit(),
    };
    text.len() == 10 && text.chars().enumerate().all(shape) && text.parse::<Civil>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn only_days_of_the_calendar_in_one_form() {
        for good in ["2021-01-31", "2024-02-29", "0000-01-01", "9999-12-31"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "2021-02-29",
            "2021-13-01",
            "2021-1-1",
            "20210101",
            "2021/01/31",
            "2021-01-31T00:00:00Z",
            "+2021-01-3",
            "2021-01-3١",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
