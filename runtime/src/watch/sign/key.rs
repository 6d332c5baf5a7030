//! Signing keys.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT};
use ring::hmac;
use ring::signature::{Ed25519KeyPair, KeyPair};

/// Prefix of a secret for HMAC-SHA256.
pub(super) const SECRET: &str = "whsec_";

/// Prefix of a private key for Ed25519.
pub(super) const PRIVATE: &str = "whsk_";

/// Prefix of a public key for Ed25519.
const PUBLIC: &str = "whpk_";

/// A signing key. `Debug` does not show its secret.
pub struct Key(Kind);

enum Kind {
    Hmac {
        /// Of the bytes that the text stands for.
        bytes: Box<hmac::Key>,
        /// Of the text itself.
        text: Box<hmac::Key>,
    },
    Ed25519(Ed25519KeyPair),
}

impl Key {
    /// Parses, in base64, `whsec_` with 24 to 64 bytes, or `whsk_` with the seed of 32 bytes
    /// (RFC 8032 section 5.1.5), optionally followed by the public key.
    ///
    /// # Errors
    /// The text is malformed; the message does not repeat it.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(secret) = text.strip_prefix(SECRET) {
            let bytes = decode(secret)?;
            if !(24..=64).contains(&bytes.len()) {
                return Err(format!("{SECRET} has 24 to 64 bytes, not {}", bytes.len()));
            }
            let of = |bytes: &[u8]| Box::new(hmac::Key::new(hmac::HMAC_SHA256, bytes));
            let (bytes, text) = (of(&bytes), of(text.as_bytes()));
            return Ok(Self(Kind::Hmac { bytes, text }));
        }
        let Some(secret) = text.strip_prefix(PRIVATE) else {
            return Err(format!("a key starts with {SECRET} or {PRIVATE}"));
        };
        let bytes = decode(secret)?;
        let pair = match bytes.len() {
            32 => Ed25519KeyPair::from_seed_unchecked(&bytes),
            64 => Ed25519KeyPair::from_seed_and_public_key(&bytes[..32], &bytes[32..]),
            length => return Err(format!("{PRIVATE} has 32 or 64 bytes, not {length}")),
        };
        let pair = pair.map_err(|_| "the public key is not that of the secret one".to_owned())?;
        Ok(Self(Kind::Ed25519(pair)))
    }

    /// The key with which receivers verify signatures, `whpk_` and base64; `None` for HMAC,
    /// where they use the secret.
    #[must_use]
    pub fn public(&self) -> Option<String> {
        match &self.0 {
            Kind::Hmac { .. } => None,
            Kind::Ed25519(pair) => {
                let key = STANDARD.encode(pair.public_key());
                Some(format!("{PUBLIC}{key}"))
            }
        }
    }

    /// The signature of a text with its version: `v1,` or `v1a,` and base64.
    pub(super) fn sign(&self, text: &[u8]) -> String {
        match &self.0 {
            Kind::Hmac { bytes, .. } => format!("v1,{}", STANDARD.encode(hmac::sign(bytes, text))),
            Kind::Ed25519(pair) => format!("v1a,{}", STANDARD.encode(pair.sign(text))),
        }
    }
}

impl Key {
    /// HMAC-SHA256 of a text by the text of the key, in hexadecimal digits; nothing where
    /// it is no key of HMAC.
    pub(super) fn hex(&self, signed: &[u8]) -> Option<String> {
        let Kind::Hmac { text, .. } = &self.0 else {
            return None;
        };
        let tag = hmac::sign(text, signed);
        let digits = tag.as_ref().iter().map(|byte| format!("{byte:02x}"));
        Some(digits.collect())
    }

    /// A key of any text, for vectors of others.
    #[cfg(test)]
    pub(super) fn text(text: &str) -> Self {
        let of = || Box::new(hmac::Key::new(hmac::HMAC_SHA256, text.as_bytes()));
        Self(Kind::Hmac {
            bytes: of(),
            text: of(),
        })
    }

    /// Whether receivers have the secret as well.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.0, Kind::Hmac { .. })
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

fn decode(text: &str) -> Result<Vec<u8>, String> {
    let bytes = STANDARD_PAD_INDIFFERENT.decode(text);
    // The error of the library would reveal a part of the secret.
    bytes.map_err(|_| "a key ends in base64".to_owned())
}

#[cfg(test)]
mod tests {
    use base64::Engine;

    use super::{Key, STANDARD};

    /// The test vector of RFC 8032 section 7.1, test 2.
    const SEED: &str = "TM0Imyj/ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U+4pvs=";
    const POINT: &str = "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";

    #[test]
    fn reads_keys_of_both_kinds() {
        for bytes in [24, 32, 63, 64] {
            let key = Key::parse(&format!("whsec_{}", STANDARD.encode(vec![7; bytes])));
            assert_eq!(key.unwrap().public(), None);
        }
        let key = Key::parse(&format!("whsk_{SEED}")).unwrap();
        assert_eq!(key.public(), Some(format!("whpk_{POINT}")));
        assert_eq!(format!("{key:?}"), "Key");
        assert!(Key::parse(&format!("whsk_{}", SEED.trim_end_matches('='))).is_ok());
        let both = [SEED, POINT]
            .map(|half| super::decode(half).unwrap())
            .concat();
        let whole = Key::parse(&format!("whsk_{}", STANDARD.encode(both)));
        assert_eq!(whole.unwrap().public(), key.public());
    }

    #[test]
    fn refuses_what_is_no_key_without_repeating_it() {
        let short = STANDARD.encode([7; 23]);
        let long = STANDARD.encode([7; 65]);
        let other = STANDARD.encode([7; 64]);
        for (bad, why) in [
            (String::new(), "starts with"),
            (short.clone(), "starts with"),
            ("whpk_AAAA".to_owned(), "starts with"),
            ("whsec_secret word".to_owned(), "base64"),
            (format!("whsec_{short}"), "not 23"),
            (format!("whsec_{long}"), "not 65"),
            (format!("whsk_{short}"), "not 23"),
            (format!("whsk_{other}"), "not that of"),
        ] {
            let error = Key::parse(&bad).unwrap_err();
            assert!(error.contains(why), "{bad}: {error}");
            assert!(!error.contains("secret word") && !error.contains(&short));
        }
    }
}
