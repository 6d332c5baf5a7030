//! Signatures in hexadecimal digits, as many services have them: of the body alone, or of
//! a moment and the body.

use super::Key;

/// HMAC-SHA256 of the body by each key, in hexadecimal digits behind `prefix`, with commas
/// between: empty without keys. Keys of Ed25519 make none.
#[must_use]
pub fn hex_hmac(keys: &[Key], prefix: &str, body: &[u8]) -> String {
    let all = keys.iter().filter_map(|key| key.hex(body));
    let all: Vec<_> = all.map(|digits| format!("{prefix}{digits}")).collect();
    all.join(",")
}

/// `t=TIMESTAMP,v1=DIGITS` with the signature of `TIMESTAMP.BODY` by each key: empty
/// without keys. Keys of Ed25519 make none.
#[must_use]
pub fn timestamped(keys: &[Key], timestamp: i64, body: &[u8]) -> String {
    let mut text = format!("{timestamp}.").into_bytes();
    text.extend_from_slice(body);
    match hex_hmac(keys, "v1=", &text) {
        none if none.is_empty() => none,
        all => format!("t={timestamp},{all}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{hex_hmac, timestamped};
    use crate::watch::sign::Key;

    /// Key, text and digits of RFC 4231 test case 2; the key is no secret of ours, so it
    /// is read as the text of one.
    const KEY: &str = "Jefe";
    const TEXT: &[u8] = b"what do ya want for nothing?";
    const DIGITS: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    /// By Python's `hmac` of the text of the key in `made`.
    const OF_BODY: &str = "47574c76fe0206d6e8966b646eb9dbaa6f6f4a352833a99d5ce342593cbe48f1";
    const OF_MOMENT: &str = "b8a617ad7a022bdd03b63434640276a44d75369aa3acb2c057363c375b4d2ed7";

    fn made() -> Key {
        Key::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap()
    }

    #[test]
    fn signs_as_the_vectors_of_the_standard() {
        assert_eq!(Key::text(KEY).hex(TEXT).unwrap(), DIGITS);
    }

    /// The example in GitHub's manual of webhooks.
    #[test]
    fn signs_as_the_example_of_a_well_known_service() {
        let key = Key::text("It's a Secret to Everybody");
        let expected = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assert_eq!(hex_hmac(&[key], "sha256=", b"Hello, World!"), expected);
    }

    #[test]
    fn signs_by_the_text_of_a_key_as_others_do() {
        let signed = hex_hmac(&[made()], "sha256=", b"{\"a\": 1}");
        assert_eq!(signed, format!("sha256={OF_BODY}"));
        let both = hex_hmac(&[made(), made()], "", b"{\"a\": 1}");
        assert_eq!(both, format!("{OF_BODY},{OF_BODY}"));
        let signed = timestamped(&[made()], 1_614_265_330, b"{\"a\": 1}");
        assert_eq!(signed, format!("t=1614265330,v1={OF_MOMENT}"));
    }

    #[test]
    fn pairs_of_keys_make_none() {
        let pair = Key::parse("whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=").unwrap();
        assert_eq!(hex_hmac(&[pair], "", b""), "");
        let pair = Key::parse("whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=").unwrap();
        assert_eq!(timestamped(&[pair], 1, b""), "");
        assert_eq!(timestamped(&[], 1, b""), "");
    }
}
