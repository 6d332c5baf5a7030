//! Numbers of `limit` and `offset`.

use crate::store::Place;
use crate::value::Instant;

/// `limit`: 1 to the greatest page.
pub(super) fn limit(max: u32, text: &str) -> Result<u32, String> {
    let number = digits(text).filter(|number| (1..=u64::from(max)).contains(number));
    let number = number.and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| format!("must be a whole number from 1 to {max}"))
}

/// `offset`: 0 or more.
pub(super) fn offset(text: &str) -> Result<u64, String> {
    let number = digits(text).filter(|number| i64::try_from(*number).is_ok());
    number.ok_or_else(|| "must be a whole number, 0 or more".to_owned())
}

/// The number of a page: 1 or more.
pub(super) fn number(text: &str) -> Result<u64, String> {
    let number = digits(text).filter(|number| *number > 0);
    number.ok_or_else(|| "must be a whole number, 1 or more".to_owned())
}

/// The place that a link to the rest of a list names.
pub(super) fn place(text: &str) -> Result<Place, String> {
    let place = text.split_once('.').and_then(|(created, id)| {
        let created = i64::try_from(digits(created)?).ok()?;
        let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        plain.then(|| Place {
            created: Instant::from_micros(created),
            id: id.to_owned(),
        })
    });
    place.ok_or_else(|| "must be taken from a link to the next page".to_owned())
}

/// The text of a place, for a link.
pub(crate) fn place_text(place: &Place) -> String {
    format!("{}.{}", place.created.micros(), place.id)
}

fn digits(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::{limit, offset};

    #[test]
    fn takes_digits_within_bounds_and_nothing_else() {
        assert_eq!(limit(500, "1"), Ok(1));
        assert_eq!(limit(500, "500"), Ok(500));
        for bad in [
            "",
            "0",
            "501",
            "-1",
            "+1",
            "1e1",
            " 1",
            "1.0",
            "99999999999999999999",
        ] {
            assert!(limit(500, bad).is_err(), "{bad}");
        }
        assert_eq!(offset("1000000000"), Ok(1_000_000_000));
        for bad in ["", "-1", "1e9", "99999999999999999999"] {
            assert!(offset(bad).is_err(), "{bad}");
        }
    }
}
