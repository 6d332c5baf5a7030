//! The value of `webhook-signature`.

use super::Key;

/// Returns the signatures of one attempt, one for each key; empty without keys.
///
/// `id` is the identifier of the notification. It must not contain a full stop, or one
/// signature would be valid for other texts. `timestamp` is the time of this attempt in seconds
/// since 1970-01-01T00:00:00Z.
#[must_use]
pub fn signature(keys: &[Key], id: &str, timestamp: i64, body: &[u8]) -> String {
    debug_assert!(!id.contains('.'), "{id} can be confused with others");
    let mut text = format!("{id}.{timestamp}.").into_bytes();
    text.extend_from_slice(body);
    let signatures: Vec<_> = keys.iter().map(|key| key.sign(&text)).collect();
    signatures.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Key, signature};

    /// Test vectors of the libraries that come with the specification.
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const V1: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const V1A: &str = "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==";

    #[test]
    fn signs_as_other_libraries_do() {
        let keys = [
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=",
        ];
        let keys = keys.map(|key| Key::parse(key).unwrap());
        let both = signature(&keys, ID, 1_614_265_330, BODY);
        assert_eq!(both, format!("{V1} {V1A}"));
        assert_eq!(signature(&keys[..1], ID, 1_614_265_330, BODY), V1);
        assert_eq!(signature(&[], ID, 1_614_265_330, BODY), "");
    }
}
