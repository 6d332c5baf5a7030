//! Identifiers of other systems: opaque text, which may be a UUID.

use std::borrow::Cow;

/// The form in which identifiers are compared: a UUID (RFC 9562 section 4) in lower case,
/// everything else unchanged.
#[must_use]
pub fn external_key(text: &str) -> Cow<'_, str> {
    if is_uuid(text) && text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether `text` is a UUID in the text form of RFC 9562 section 4.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::external_key;

    #[test]
    fn only_uuids_ignore_case() {
        let uuid = "6F9619FF-8B86-D011-B42D-00CF4FC964FF";
        assert_eq!(external_key(uuid), uuid.to_lowercase());
        assert_eq!(external_key("ABC"), "ABC");
    }
}
