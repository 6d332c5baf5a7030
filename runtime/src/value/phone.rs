//! Telephone numbers in ITU-T E.164 format; numbering plans are not checked.

/// Removes blanks, dots, hyphens and parentheses from `text`; the result must be `+`, a digit
/// from 1 to 9 and 6 to 14 more digits.
#[must_use]
pub fn normalise_phone(text: &str) -> Option<String> {
    let number: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')'))
        .collect();
    let digits = number.strip_prefix('+')?;
    let shaped = (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    shaped.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::normalise_phone;

    #[test]
    fn takes_punctuation_out_and_refuses_the_rest() {
        assert_eq!(
            normalise_phone("+1 (555) 010-99.99").as_deref(),
            Some("+15550109999")
        );
        assert!(normalise_phone("+1234567").is_some());
        assert!(normalise_phone("+123456789012345").is_some());
        for bad in [
            "",
            "+",
            "123456789",
            "+123456",
            "+1234567890123456",
            "+0123456789",
            "+12345a7",
            "++1234567",
        ] {
            assert_eq!(normalise_phone(bad), None, "{bad}");
        }
    }
}
