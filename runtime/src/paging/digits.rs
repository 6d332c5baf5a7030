//! Numbers in query strings.

/// Parses a whole number that consists of digits only.
pub(super) fn digits(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// Parses a page size from 1 to `max`.
pub(super) fn size(max: u32, text: &str) -> Result<u32, String> {
    let number = digits(text).filter(|number| (1..=u64::from(max)).contains(number));
    let number = number.and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| format!("must be a whole number from 1 to {max}"))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn takes_digits_within_bounds_and_nothing_else() {
        assert_eq!(size(500, "1"), Ok(1));
        assert_eq!(size(500, "500"), Ok(500));
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
            assert!(size(500, bad).is_err(), "{bad}");
        }
    }
}
